using System.Collections.Immutable;
using RewardServer.Compatibility.Programs;
using RewardServer.Grading.Completions;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Compatibility.SandboxFusion.Submit;

/// <summary>
/// AutoEvalDataset and those of its form: a program, and a check in the same language that stands behind it, or around it where it has
/// <c>#&lt;INSERT&gt;</c> (sandbox/datasets/autoeval.py). Its rows have <c>labels</c> with <c>programming_language</c> and <c>execution_language</c>, and
/// <c>test</c> with <c>code</c> and <c>asset</c>: files in base64, by their paths.
/// </summary>
internal static class AutoEval
{
    private const string Place = "#<INSERT>", Pytest = "pytest";

    // By which a check runs that stands beside a program.
    private static readonly string[] Executing = ["python", Pytest, "cpp", "c", "csharp", "java", "nodejs", "javascript"];

    /// <summary>Reads a row.</summary>
    public static JudgedProblem Read(ProvidedRow row, SubmitRequest request)
    {
        var labels = row.Object("labels");
        var programming = labels.Text("programming_language");
        return Read(row, request, programming, labels.Text("execution_language", programming));
    }

    /// <summary>Reads a row of NaturalCodeBenchDataset, whose checks are pytest's, or JUnit's for Java.</summary>
    public static JudgedProblem ReadPytest(ProvidedRow row, SubmitRequest request) =>
        request.Dataset!.Contains("java", StringComparison.Ordinal) ? Read(row, request, "java", "junit") : Read(row, request, "python", Pytest);

    private static JudgedProblem Read(ProvidedRow row, SubmitRequest request, string programming, string executing)
    {
        var language = ForeignLanguages.OursFor(programming);
        if (!Executing.Contains(executing, StringComparer.OrdinalIgnoreCase) || ForeignLanguages.OursFor(executing == Pytest ? "python" : executing) != language)
        {
            return JudgedProblem.Not($"{programming} programs whose check is one of '{executing}' cannot be judged here");
        }

        if (request.Settings.Has("repr_code"))
        {
            return JudgedProblem.Not("a check that runs the program's text itself (extra.repr_code) cannot be kept apart from it");
        }

        var test = row.Object("test");
        var (before, check) = Split(test.Text("code"));
        return row.Error is not null ? JudgedProblem.Nothing
            : check.AsSpan().IsWhiteSpace() ? JudgedProblem.Not("test.code checks nothing behind the program")
            : IsInside(before) ? JudgedProblem.Not("test.code has the program inside of other code")
            : new()
            {
                Language = language,
                Tests = [new CheckTest(check, language == "python" && before.Length > 0 ? before : null, executing == Pytest ? CheckStyle.Pytest : CheckStyle.Script)],
                Prompt = row.Text("content", ""),
                Cut = code => CodeTexts.WithoutStart(code, language),
                Program = code => before + code,
                Files = FilesOf(test),
            };
    }

    private static (string Before, string Check) Split(string test)
    {
        var at = test.IndexOf(Place, StringComparison.Ordinal);
        var end = at < 0 ? -1 : test.IndexOf(Place, at + Place.Length, StringComparison.Ordinal);
        return at < 0 ? ("", test) : (test[..at], end < 0 ? test[(at + Place.Length)..] : test[(at + Place.Length)..end]);
    }

    // In a literal or a block: cut apart, neither would be whole.
    private static bool IsInside(string before) => before.Length > 0 && before[^1] != '\n';

    private static ImmutableArray<SandboxFile> FilesOf(ProvidedRow test)
    {
        if (!test.Has("asset"))
        {
            return [];
        }

        var asset = test.Object("asset");
        var (files, error) = ForeignFiles.Read(asset.Members.Distinct(StringComparer.Ordinal).Where(asset.Has).ToDictionary<string, string, string?>(path => path, asset.Text));
        if (error is { } fault)
        {
            test.Fail("asset", $"{fault.Path}: {fault.Message}");
        }

        return files;
    }
}
