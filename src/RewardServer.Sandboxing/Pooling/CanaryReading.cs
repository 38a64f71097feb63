using System.Text;
using RewardServer.Sandboxing.Engines;
using RewardServer.Sandboxing.Languages;

namespace RewardServer.Sandboxing.Pooling;

/// <summary>What a run of <see cref="Retry.Canary"/> says of its language.</summary>
internal static class CanaryReading
{
    private const int MostShown = 200;

    public static LanguageReport Read(Language language, AgentAnswer answer)
    {
        if (answer.WaitStatus == 0)
        {
            return new(language.Name, true, Encoding.UTF8.GetString(answer.Stdout.Span).Split('\n')[0].Trim(), null, null);
        }

        var said = Encoding.UTF8.GetString(answer.Stderr.Span).Trim();
        return new(
            language.Name, false, null, $"{language.VersionCommand[0]} does not run in the sandbox: {(said.Length > MostShown ? said[..MostShown] : said)}",
            $"apt-get install --reinstall {language.Packages}");
    }
}
