using System.Collections.Immutable;
using RewardServer.Grading.Completions;

namespace RewardServer.Compatibility.SandboxFusion.Submit;

/// <summary>
/// CommonOJDataset: a program reads standard input and prints an output, in the language that the call names (sandbox/datasets/common_oj.py).
/// Its rows have <c>test</c>: <c>[{"input": {"stdin"}, "output": {"stdout"}}]</c>.
/// </summary>
internal static class CommonOj
{
    // These have half the time there.
    private static readonly string[] Compiled = ["cpp", "go", "java"];

    /// <summary>Reads a row.</summary>
    public static JudgedProblem Read(ProvidedRow row, SubmitRequest request)
    {
        var language = ForeignLanguages.OursFor(request.Settings.Language ?? "");
        if (language.Length == 0)
        {
            row.FailCall("config.language", "is required for CommonOJDataset");
            return JudgedProblem.Nothing;
        }

        var tests = ImmutableArray.CreateBuilder<TestCase>();
        foreach (var test in row.Objects("test"))
        {
            tests.Add(new StdioTest(Stream(test, "input", "stdin"), AcceptedTexts.FromText(Stream(test, "output", "stdout")), StdioTests.Checker));
        }

        return StdioTests.Problem(language, tests.ToImmutable(), Compiled.Contains(language) ? 10 : 20);
    }

    // Files are told of in its types, and neither written nor read by what judges: a test that means them cannot be met.
    private static string Stream(ProvidedRow test, string member, string stream)
    {
        var streams = test.Object(member);
        foreach (var other in streams.Members.Where(name => name != stream))
        {
            streams.Fail(other, $"is not known: a test has {stream} alone");
        }

        return streams.Text(stream);
    }
}
