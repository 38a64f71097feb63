using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders.Judge;
using RewardServer.Grading.Rubrics;
using RewardServer.Grading.Sets;

namespace RewardServer.Grading.Tests.Graders.Judge;

/// <summary>Grades items by a rubric whose judge is called "j", with as little patience as a test needs.</summary>
internal sealed class Judging : IDisposable
{
    private readonly SharedSandbox sandbox;
    private readonly JudgeSet judges;

    private Judging(SharedSandbox sandbox, JudgeSettings settings, TimeProvider? time)
    {
        Assert.Empty(settings.Errors());
        (this.sandbox, judges) = (sandbox, new(new Dictionary<string, JudgeSettings> { ["j"] = settings }, time ?? TimeProvider.System));
    }

    public static Judging By(SharedSandbox sandbox, JudgeServer server, Func<JudgeSettings, JudgeSettings>? change = null, TimeProvider? time = null) =>
        By(sandbox, server.Url, change, time);

    public static Judging By(SharedSandbox sandbox, string url, Func<JudgeSettings, JudgeSettings>? change = null, TimeProvider? time = null)
    {
        var settings = new JudgeSettings { Url = url, Model = "m", RetryDelaySeconds = 0.001, TimeoutSeconds = 60 };
        return new(sandbox, change?.Invoke(settings) ?? settings, time);
    }

    public static Item Item(string completion, string? criteria = null, string? reference = null, string prompt = "Write a greeting.") =>
        new() { Id = "1", Prompt = prompt, Completion = completion, Task = new JudgeTask(criteria, reference) };

    public Task<GradedComponent> GradeAsync(string completion, string more = "") => GradeAsync(Item(completion), more);

    public async Task<GradedComponent> GradeAsync(Item item, string more = "", string grader = "judge") =>
        (await GradeAllAsync([item], more, grader))[0].Components[0];

    public Task<GradedItem[]> GradeAllAsync(IReadOnlyList<Item> items, string more = "", string grader = "judge", CancellationToken? cancellation = null)
    {
        var (rubric, errors) = Compile($$$"""{"components":[{"grader":"{{{grader}}}","options":{"judge":"j"{{{more}}} }}]}""");
        Assert.True(rubric is not null, string.Join("; ", errors));
        return new SetGrader(8, (_, exception) => throw new InvalidOperationException("a bug of ours", exception))
            .GradeAsync(rubric, items, cancellation ?? TestContext.Current.CancellationToken);
    }

    public (Rubric? Rubric, IReadOnlyList<RubricError> Errors) Compile(string rubric)
    {
        var (compiled, errors) = new RubricCompiler(new(sandbox.Pool) { Judges = judges }).Compile(JsonElement.Parse(rubric));
        return (compiled, errors);
    }

    public void Dispose() => judges.Dispose();
}
