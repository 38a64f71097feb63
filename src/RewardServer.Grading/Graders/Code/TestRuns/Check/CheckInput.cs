using System.Text;
using RewardServer.Grading.Completions;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Grading.Graders.Code.TestRuns.Check;

/// <summary>What the driver reads from standard input: a line with the nonce, the style and the lengths of the texts after it.</summary>
internal static class CheckInput
{
    public static byte[] Of(CheckTest test, string prompt, string nonce, IEnumerable<SandboxFile> others)
    {
        var harness = Encoding.UTF8.GetBytes(test.Harness);
        var prelude = test.Prelude is null ? null : Encoding.UTF8.GetBytes(test.Prelude);
        var surrounding = Encoding.UTF8.GetBytes(prompt);
        var modules = Encoding.UTF8.GetBytes(string.Join('\n', others.Select(ModuleOf).OfType<string>()));
        var head = $"{nonce} {StyleOf(test.Style)} {EntryOf(test)} {harness.Length} {prelude?.Length ?? -1} {surrounding.Length} {modules.Length}\n";
        return [.. Encoding.UTF8.GetBytes(head), .. harness, .. prelude ?? [], .. surrounding, .. modules];
    }

    private static string StyleOf(CheckStyle style) => style switch
    {
        CheckStyle.Pytest => "pytest",
        CheckStyle.Unittest => "unittest",
        _ => "script",
    };

    private static string EntryOf(CheckTest test) =>
        test.EntryPoint is { Length: > 0 } name && !name.Any(char.IsWhiteSpace) ? name : "-";

    private static string? ModuleOf(SandboxFile file) =>
        file.Path.EndsWith(".py", StringComparison.Ordinal) && !file.Path.Contains('/', StringComparison.Ordinal) ? file.Path[..^3] : null;
}
