using System.Globalization;
using RewardServer.Grading.Completions;
using RewardServer.Training.Policies;
using RewardServer.Training.Reporting;
using RewardServer.Training.Reporting.Html;
using RewardServer.Training.Recipes;
using RewardServer.Training.Rewards;
using static TorchSharp.torch;

namespace RewardServer.Training.Tests.Runs;

public sealed class TestTimeTests
{
    private const int Problems = 8;
    private const string Plain = "evaluation: {every: 3, problems: 8, samples: 2, temperature: 1}";
    private const string Tried = "evaluation: {every: 3, problems: 8, samples: 2, temperature: 1, testTime: {votes: [1, 2, 3], budgets: [12, 40, 60]}}";

    [Fact]
    public async Task Votes_and_budgets_are_what_counting_the_answers_themselves_gives()
    {
        using var small = new SmallRun();
        var rewards = new Recorded();
        var (steps, _) = await small.RunAsync(Yaml(Tried), rewards: rewards, before: Short);
        var evaluation = steps.First(step => step.Evaluation is not null).Evaluation!;
        // The first three calls are the base model's: all problems, three times.
        Assert.All(rewards.Calls[..3], call => Assert.Equal(Problems, call.Length));
        Answer[][] asked = [.. Enumerable.Range(0, Problems).Select(problem => rewards.Calls[..3].Select(call => call[problem]).ToArray())];
        Assert.Equal(9, evaluation.TestTime!.Value.Length);
        Assert.NotEqual(0, evaluation.TestTime.Value[^1].Accuracy["addition"]);
        foreach (var point in evaluation.TestTime)
        {
            Assert.Equal(asked.Average(answers => Share(answers, point.Budget, point.Votes)), point.Accuracy["addition"], 9);
            Assert.Equal(point.Votes * asked.SelectMany(answers => answers).Average(answer => Math.Min(answer.Tokens, point.Budget)), point.Tokens, 9);
            Assert.True(point.Flops > 0);
        }

        // What reinforcement may write is what accuracy is told of.
        Assert.Equal(evaluation.TestTime.Value.Single(point => point is { Budget: 40, Votes: 1 }).Accuracy["addition"], evaluation.Accuracy["addition"], 9);
    }

    [Fact]
    public async Task Trying_it_changes_nothing_that_is_learned()
    {
        using SmallRun one = new(), other = new();
        var (steps, parameters) = await one.RunAsync(Yaml(Tried), rewards: Scores.Some());
        var (_, expected) = await other.RunAsync(Yaml(Plain), rewards: Scores.Some());
        Assert.Equal(expected, parameters);
        var read = MetricsLog.Read(Path.Combine(one.Folder, "metrics.jsonl"));
        Assert.Equal(steps.Select(Points), read.Select(Points));
        Assert.Contains(read, step => Points(step).Length > 0);
    }

    [Fact]
    public async Task The_report_draws_accuracy_against_tokens()
    {
        using var small = new SmallRun();
        var (steps, _) = await small.RunAsync(Yaml(Tried), rewards: new Recorded(), before: Short);
        var page = HtmlReport.Render(Recipe.Read(Yaml(Tried), "small.yaml"), steps);
        Assert.Contains("Votes", page, StringComparison.Ordinal);
        Assert.Contains("tokens a problem", page, StringComparison.Ordinal);
        Assert.DoesNotContain("tokens a problem", HtmlReport.Render(Recipe.Read(SmallRun.Yaml, "small.yaml"), [.. steps.Select(step => step with { Evaluation = step.Evaluation is { } told ? told with { TestTime = null } : null })]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(127)]
    [InlineData(int.MaxValue)]
    public async Task A_budget_that_the_model_cannot_read_is_refused_before_anything_is_trained(int budget)
    {
        using var small = new SmallRun();
        var exception = await Assert.ThrowsAsync<ArgumentException>(() => small.RunAsync(Yaml(Tried.Replace("60]", $"{budget}]", StringComparison.Ordinal))));
        Assert.Contains($"{budget} of evaluation.testTime.budgets", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_answers_are_not_told_there_is_no_vote()
    {
        using var small = new SmallRun();
        var (steps, _) = await small.RunAsync(Yaml(Tried), rewards: Scores.Some());
        var points = steps.First(step => step.Evaluation is not null).Evaluation!.TestTime!.Value;
        Assert.All(points.Where(point => point.Votes == 1), point => Assert.NotEmpty(point.Accuracy));
        Assert.All(points.Where(point => point is { Votes: > 1, Budget: 60 }), point => Assert.Empty(point.Accuracy));
    }

    private static string Yaml(string evaluation) => SmallRun.Yaml.Replace(Plain, evaluation, StringComparison.Ordinal);

    // An untaught policy hardly ever ends: here the tokens are all alike, its end among them.
    private static void Short(Policy policy)
    {
        using var _ = no_grad();
        policy.Parameters.Masters.zero_();
        policy.Parameters.Publish();
    }

    private static string Points(StepMetrics step) => string.Join(' ', step.Evaluation?.TestTime?.Select(point =>
        string.Create(CultureInfo.InvariantCulture, $"{point.Budget} {point.Votes} {point.Tokens} {point.Flops} {string.Join(',', point.Accuracy)}")) ?? []);

    // Of all draws of so many answers, how often the most frequent is right; of several the share.
    private static double Share(Answer[] answers, int budget, int votes) => Draws(answers.Length, votes).Average(draw =>
    {
        var given = draw.Select(i => answers[i]).Where(answer => answer.Tokens <= budget && !answer.Truncated).Select(answer => answer.IsRight ? "right" : answer.Text)
            .GroupBy(text => text, (text, same) => (Text: text, Count: same.Count())).ToArray();
        var most = given.Where(one => one.Count == given.Max(other => other.Count)).Select(one => one.Text).ToArray();
        return most.Contains("right") ? 1.0 / most.Length : 0;
    });

    private static IEnumerable<int[]> Draws(int of, int count) => count == 0 ? [[]] : Enumerable.Range(0, of).SelectMany(last => Draws(last, count - 1).Select(draw => (int[])[.. draw, last]));

    private sealed record Answer(int Tokens, bool Truncated, bool IsRight, string Text);

    /// <summary>Judges by the length alone, and remembers what it was asked.</summary>
    private sealed class Recorded : IRewards
    {
        public List<Answer[]> Calls { get; } = [];

        public Task<IReadOnlyList<Reward>> OfAsync(IReadOnlyList<Item> items, CancellationToken cancellation)
        {
            Answer[] answers = [.. items.Select(item => new Answer(item.CompletionTokens!.Value, item.Truncated, !item.Truncated && item.CompletionTokens % 3 != 0, $"{item.CompletionTokens % 2}"))];
            Calls.Add(answers);
            return Task.FromResult<IReadOnlyList<Reward>>([.. answers.Select(answer =>
                new Reward(answer.IsRight ? 1 : 0, new Dictionary<string, double?> { ["accuracy"] = answer.IsRight ? 1 : 0 }, null) { Answer = answer.Truncated ? null : answer.Text })]);
        }
    }
}
