using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Graders.Code;
using RewardServer.Grading.Graders.Code.Scoring;
using RewardServer.Grading.Graders.Code.TestRuns;

namespace RewardServer.Grading.Tests.Graders.Code;

/// <summary>Grades programs in Python by one test.</summary>
internal static class Programs
{
    /// <summary>What became of the one test, and of the component.</summary>
    public static async Task<(Verdict Verdict, TestReport Test)> Grade(this SharedSandbox sandbox, string source, TestCase test, TestLimits? limits = null)
    {
        var verdict = await sandbox.Verdict(source, test, limits);
        return verdict.Details is CodeDetails details ? (verdict, Assert.Single(details.Tests)) : throw new InvalidOperationException(verdict.Reason);
    }

    /// <summary>The component's verdict alone.</summary>
    public static async Task<Verdict> Verdict(this SharedSandbox sandbox, string source, TestCase test, TestLimits? limits = null)
    {
        sandbox.Need();
        var item = Items.Code($"```python\n{source}\n```", test).WithLimits(limits ?? new());
        return await new CodeGrader(new(), new() { Tests = TestScoring.Fraction }, sandbox.Pool).GradeAsync(item, (CodeTask)item.Task, TestContext.Current.CancellationToken);
    }

    /// <summary>Skips a test where there is no C++.</summary>
    public static void NeedCpp(this SharedSandbox sandbox)
    {
        sandbox.Need();
        Assert.SkipUnless(sandbox.Pool.Languages.Any(language => language is { Name: "cpp", Available: true }), "there is no C++ here");
    }

    /// <summary>A program of a task's in Python.</summary>
    public static ProgramSource Python(string source) => new("python", source);

    /// <summary>A program of a task's in C++, after the line that includes testlib.</summary>
    public static ProgramSource Testlib(string source) => new("cpp", $"#include \"testlib.h\"\nusing namespace std;\n{source}");
}
