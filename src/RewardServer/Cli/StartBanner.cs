using RewardServer.Http;
using RewardServer.Sandboxing.Languages;
using RewardServer.Sandboxing.Pooling;

namespace RewardServer.Cli;

/// <summary>What the server says of itself once it listens.</summary>
internal static class StartBanner
{
    public static void Write(TextWriter output, IReadOnlyList<string> urls, SandboxPool sandbox)
    {
        output.WriteLine($"RewardServer {typeof(StartBanner).Assembly.GetName().Version?.ToString(3)}");
        output.WriteLine($"  listening  {string.Join(", ", urls)}");
        output.WriteLine($"  sandbox    {Sandbox(sandbox)}");
        output.WriteLine($"  languages  {Languages(sandbox)}");
        output.WriteLine($"  API page   {urls[0].TrimEnd('/')}{ApiDescription.Page}");
        foreach (var remedy in Remedies(sandbox).Distinct())
        {
            output.WriteLine($"  to mend    {remedy}");
        }

        output.Flush();
    }

    private static string Sandbox(SandboxPool sandbox) => sandbox.Engine.Available
        ? $"{sandbox.Engine.Name}: {sandbox.Engine.Description}"
        : $"none; code tasks are skipped: {sandbox.Engine.Reason}";

    private static string Languages(SandboxPool sandbox) =>
        sandbox.Languages.Any(language => language.Available)
            ? string.Join(", ", sandbox.Languages.Where(language => language.Available).Select(Name))
            : "none";

    // Of others the versions would make a page of it.
    private static string Name(LanguageReport language) => language.Name == "python" ? $"{language.Name} ({language.Version})" : language.Name;

    private static IEnumerable<string> Remedies(SandboxPool sandbox) =>
        // Of the other languages `rewardserver doctor` tells.
        sandbox.Languages.Where(language => language.Name == "python").Select(language => language.Remedy).Prepend(sandbox.Engine.Remedy).OfType<string>();
}
