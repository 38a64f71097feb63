using System.Collections.Immutable;
using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Graders.Code;
using RewardServer.Grading.Graders.Code.TestRuns;

namespace RewardServer.Grading.Tests.Graders.Code.Calls;

/// <summary>Short ways to call functions of programs.</summary>
internal static class CallGrading
{
    /// <summary>A test whose values are JSON.</summary>
    public static CallTest Call(string function, string arguments, string result) =>
        new(function, Parse(arguments).EnumerateArray().ToImmutableArray(), Parse(result));

    /// <summary>A test that an exception passes.</summary>
    public static CallTest Raising(string function, string arguments, string type) =>
        new(function, Parse(arguments).EnumerateArray().ToImmutableArray()) { Raises = type };

    /// <summary>JSON.</summary>
    public static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement.Clone();

    /// <summary>Grades a program by one test.</summary>
    public static async Task<TestReport> Run(this SharedSandbox sandbox, string language, string source, CallTest test, TestLimits? limits = null)
    {
        var verdict = await sandbox.Grade(language, source, test, limits);
        return Assert.Single(Assert.IsType<CodeDetails>(verdict.Details).Tests);
    }

    /// <summary>Grades a program by one test; skips where its language is not here.</summary>
    public static async Task<Verdict> Grade(this SharedSandbox sandbox, string language, string source, CallTest test, TestLimits? limits = null)
    {
        sandbox.Need();
        var report = sandbox.Pool.Languages.Single(known => known.Name == language);
        Assert.SkipUnless(report.Available, $"no {language}: {report.Reason}");
        Assert.Empty(test.Errors());
        var task = new CodeTask(language, [test], limits ?? new(CpuSeconds: 20, WallSeconds: 60));
        var item = new Item { Id = "1", Prompt = "?", Completion = $"```{language}\n{source}\n```", Task = task };
        return await new CodeGrader(new(), new(), sandbox.Pool).GradeAsync(item, task, TestContext.Current.CancellationToken);
    }
}
