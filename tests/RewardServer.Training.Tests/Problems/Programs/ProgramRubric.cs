using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Rubrics;
using RewardServer.Grading.Sets;
using RewardServer.Sandboxing;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Training.Problems;

namespace RewardServer.Training.Tests.Problems.Programs;

/// <summary>Grades programs in a sandbox, where there is one.</summary>
public sealed class ProgramRubric : IAsyncLifetime
{
    private SandboxPool pool = null!;

    public async ValueTask InitializeAsync() => pool = await SandboxPool.StartAsync(new SandboxOptions(), TimeProvider.System, CancellationToken.None);

    public ValueTask DisposeAsync() => pool.DisposeAsync();

    /// <summary>The accuracy of texts, in their order; skips the test where no Python can be run.</summary>
    internal async Task<double[]> AccuracyAsync(IEnumerable<(Problem Problem, string Text)> texts)
    {
        Assert.SkipUnless(pool.Languages.Any(language => language is { Name: "python", Available: true }), $"no sandbox: {pool.Engine.Reason}");
        var rubric = new RubricCompiler(new(pool)).Compile(JsonElement.Parse("""{"components": [{"grader": "accuracy", "options": {"stopAtFirstFailure": true}}]}""")).Rubric!;
        var graded = await new SetGrader(pool.Slots, (_, exception) => throw new InvalidOperationException("a bug of ours", exception)).GradeAsync(
            rubric,
            [.. texts.Select((text, i) => new Item { Id = $"{i}", Prompt = text.Problem.Question, Completion = text.Text, Task = text.Problem.Task })],
            TestContext.Current.CancellationToken);
        return [.. graded.Select(item => item.Reward ?? throw new InvalidOperationException(item.Reason))];
    }
}
