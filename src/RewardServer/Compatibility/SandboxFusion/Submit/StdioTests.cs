using System.Collections.Immutable;
using RewardServer.Grading.Completions;

namespace RewardServer.Compatibility.SandboxFusion.Submit;

/// <summary>Tests of standard input and output, compared as SandboxFusion does it (sandbox/utils/testing.py).</summary>
internal static class StdioTests
{
    private const int ShownLength = 1000;

    /// <summary>What is right without <see cref="PrintedLines"/>, which lets more be right.</summary>
    public static Checker Checker { get; } = new() { Kind = CheckerKind.Lines, IgnoreCase = true };

    /// <summary>A problem that such tests make.</summary>
    /// <param name="language">The program's language, by our name.</param>
    /// <param name="tests">The tests.</param>
    /// <param name="seconds">How long each may run where the call does not say it.</param>
    public static JudgedProblem Problem(string language, ImmutableArray<TestCase> tests, double seconds) => new()
    {
        Language = language,
        Tests = tests,
        Seconds = seconds,
        TestInfo = (index, full) => InfoOf(tests[index], full),
        Accepts = (index, printed) => tests[index] is StdioTest { Stdout: { } expected } && expected.Texts.Any(text => PrintedLines.Same(text, printed)),
    };

    /// <summary>What an answer tells of a test; null for one of another kind.</summary>
    /// <param name="test">The test.</param>
    /// <param name="full">Whether long texts are told in full.</param>
    public static object? InfoOf(TestCase test, bool full) => test is StdioTest stdio
        ? new StdioTestInfo(
            new(StringComparer.Ordinal) { ["stdin"] = Shown(stdio.Stdin, full) },
            new(StringComparer.Ordinal) { ["stdout"] = Shown(stdio.Stdout?.Texts[0] ?? "", full) })
        : null;

    // Both ends of a long text.
    private static string Shown(string text, bool full)
    {
        const int Side = (ShownLength - 3) / 2;
        return full || text.Length <= ShownLength ? text : $"{text[..Side]}...{text[^Side..]}";
    }

    private sealed record StdioTestInfo(Dictionary<string, string> Input, Dictionary<string, string> Output);
}
