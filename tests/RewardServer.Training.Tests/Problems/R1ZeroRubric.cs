using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Rubrics;
using RewardServer.Grading.Sets;
using RewardServer.Sandboxing;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Training.Problems;

namespace RewardServer.Training.Tests.Problems;

/// <summary>Grades texts as training does, by the rubric <c>r1-zero</c> with the thinking's words of reflection, and those in the question's language, counted.</summary>
public sealed class R1ZeroRubric : IAsyncLifetime
{
    private const string Definition = """
        {"components": [{"grader": "accuracy"}, {"grader": "format"}, {"grader": "reflection", "weight": 0}, {"grader": "language", "weight": 0}]}
        """;

    private SandboxPool pool = null!;
    private Rubric rubric = null!;

    public async ValueTask InitializeAsync()
    {
        pool = await SandboxPool.StartAsync(new SandboxOptions { Engine = "none" }, TimeProvider.System, CancellationToken.None);
        rubric = new RubricCompiler(new(pool)).Compile(JsonElement.Parse(Definition)).Rubric!;
    }

    public ValueTask DisposeAsync() => pool.DisposeAsync();

    /// <summary>What texts earned, in their order.</summary>
    internal Task<GradedItem[]> GradeAsync(IEnumerable<(Problem Problem, string Text)> texts) =>
        new SetGrader(1, (_, exception) => throw new InvalidOperationException("a bug of ours", exception)).GradeAsync(
            rubric,
            [.. texts.Select((text, i) => new Item { Id = $"{i}", Prompt = text.Problem.Question, Completion = text.Text, Task = text.Problem.Task })],
            TestContext.Current.CancellationToken);
}
