using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using RewardServer.Grading.Completions;
using RewardServer.Training.Problems;
using RewardServer.Training.Recipes;
using RewardServer.Training.Reporting;
using RewardServer.Training.Tests.Problems;

namespace RewardServer.Training.Tests.Runs;

/// <summary>Learning from files: fine-tuning, preferences, and the samples of rejection sampling.</summary>
public sealed class GivenExamplesTests(R1ZeroRubric rubric) : IClassFixture<R1ZeroRubric>
{
    private static string Yaml(string learning, int steps = 4, string rate = "1e-3") => SmallRun.Yaml
        .Replace("algorithm: {name: grpo, klCoefficient: 0.01}", learning, StringComparison.Ordinal)
        .Replace("steps: 6, updates: 2, batchTokens: 512, learningRate: 1e-3", $"steps: {steps}, updates: 2, batchTokens: 256, learningRate: {rate}", StringComparison.Ordinal);

    private static string Sum(int i) => $$"""{"question": "{{i}}+2=?", "completion": "<think>{{i}}+2={{i + 2}}</think><answer>{{i + 2}}</answer>"}""";

    private static string Pair(int i) => $$"""{"question": "{{i}}+2=?", "chosen": "<think></think>", "rejected": "<think>{{i}}+2={{i + 2}}; {{i}}+2=?</think>"}""";

    private static string Lines(Func<int, string> line) => string.Join('\n', Enumerable.Range(1, 9).Select(line));

    [Fact]
    public async Task A_policy_learns_what_a_file_says()
    {
        using var folder = new TemporaryFolder().With("sums.jsonl", Lines(Sum));
        using var small = new SmallRun();
        var (steps, _) = await small.RunAsync(Yaml($"fineTuning: {{files: ['{folder.File("sums.jsonl")}']}}", steps: 150, rate: "1e-2"));
        var learned = steps.Where(step => step.Phase == Phases.Reinforcement).ToArray();
        Assert.True(learned[^1].Loss < 0.2, $"the loss went from {learned[0].Loss} to {learned[^1].Loss}");
        Assert.All(learned, step => Assert.Null(step.Rollouts));
        // Two updates a step, each as many of the nine lines as fit.
        Assert.All(learned, step => Assert.InRange(step.TrainedTokens, 1, 512));
        Assert.Contains("Loss and gradient", File.ReadAllText(Path.Combine(small.Folder, "report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_prefers_what_a_file_prefers()
    {
        using var folder = new TemporaryFolder().With("pairs.jsonl", Lines(Pair));
        using var small = new SmallRun();
        var (steps, _) = await small.RunAsync(Yaml($"preferences: {{kind: dpo, files: ['{folder.File("pairs.jsonl")}']}}", steps: 30, rate: "3e-3"));
        var learned = steps.Where(step => step.Phase == Phases.Reinforcement).ToArray();
        // Of the first step's two updates, one comes before anything was learned.
        Assert.InRange(learned[0].PairMargin!.Value, 0, 0.5);
        Assert.Equal(1, learned[^1].PairAccuracy);
        Assert.True(learned[^1].PairMargin > learned[0].PairMargin);
        Assert.All(learned, step => Assert.Null(step.Rollouts));
    }

    [Fact]
    public async Task A_reward_model_learns_what_a_file_prefers()
    {
        using var folder = new TemporaryFolder().With("pairs.jsonl", Lines(Pair));
        using var small = new SmallRun();
        var (steps, _) = await small.RunAsync(Yaml($"preferences: {{kind: reward-model, files: ['{folder.File("pairs.jsonl")}']}}", steps: 30, rate: "3e-3"));
        Assert.Equal(1, steps[^1].PairAccuracy);
        Assert.True(Directory.Exists(Path.Combine(small.Folder, "checkpoints", "step-000030", "reward-model")));
    }

    [Fact]
    public async Task Prompts_stand_as_they_are_and_questions_and_messages_go_into_the_template()
    {
        const string Prompt = "A conversation between User and Assistant. ";
        using var folder = new TemporaryFolder()
            .With("question.jsonl", Sum(1))
            .With("messages.jsonl", """{"messages": [{"role": "user", "content": "1+2=?"}, {"role": "assistant", "content": "<think>1+2=3</think><answer>3</answer>"}]}""")
            .With("prompt.jsonl", """{"prompt": [{"role": "user", "content": "1+2=?"}], "completion": [{"role": "assistant", "content": "<think>1+2=3</think><answer>3</answer>"}]}""")
            .With("text.jsonl", JsonSerializer.Serialize(new { prompt = Training.Runs.PromptTemplate.Preamble + "1+2=?" + Training.Runs.PromptTemplate.Turn, question = "not read", completion = "<think>1+2=3</think><answer>3</answer>" }));
        var losses = new List<double>();
        foreach (var name in new[] { "question", "messages", "prompt", "text" })
        {
            using var small = new SmallRun();
            var (steps, _) = await small.RunAsync(Yaml($"fineTuning: {{files: ['{folder.File(name + ".jsonl")}']}}", steps: 2));
            losses.Add(steps[^1].Loss);
        }

        Assert.All(losses, loss => Assert.Equal(losses[0], loss));
        Assert.StartsWith(Prompt, Training.Runs.PromptTemplate.Preamble, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fineTuning: {files: ['FILE', builtin:cold-start]}")]
    [InlineData("preferences: {kind: dpo, files: ['PAIRS']}")]
    public async Task A_run_that_was_broken_off_goes_on_as_it_would_have(string learning)
    {
        using var folder = new TemporaryFolder().With("sums.jsonl", Lines(Sum)).With("pairs.jsonl", Lines(Pair));
        var yaml = Yaml(learning.Replace("FILE", folder.File("sums.jsonl"), StringComparison.Ordinal).Replace("PAIRS", folder.File("pairs.jsonl"), StringComparison.Ordinal))
            .Replace("problems:\n", "problems:\n  - {kind: addition, options: {digits: 2, languages: {}}}\n", StringComparison.Ordinal);
        using var whole = new SmallRun();
        var (steps, parameters) = await whole.RunAsync(yaml);
        using var broken = new SmallRun();
        using var stop = new CancellationTokenSource();
        broken.Seen.AfterStep = step =>
        {
            if (step is { Phase: Phases.Reinforcement, Step: 3 })
            {
                stop.Cancel();
            }
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => broken.RunAsync(yaml, cancellation: stop.Token));
        var (resumed, end) = await broken.RunAsync(yaml, resume: true);
        Assert.Equal(parameters, end);
        Assert.Equal(steps.Select(step => (step.Step, step.Loss)), resumed.Select(step => (step.Step, step.Loss)));
    }

    [Fact]
    public async Task All_that_is_wrong_with_files_is_told_by_line_before_anything_is_trained()
    {
        using var folder = new TemporaryFolder().With("bad.jsonl", $$"""
            {{Sum(1)}}
            [1]
            {"question": "1+2=?"}
            {"question": "", "completion": "3"}
            {"completion": "3"}

            {"question": "1+2=?", "completion": "é"}
            {"messages": [{"role": "system", "content": "1"}, {"role": "user", "content": "2"}, {"role": "assistant", "content": "3"}]}
            {"messages": [{"role": "user", "content": "2"}]}
            {"question": "1+2=?", "completion": "{{new string('1', 200)}}"}
            """);
        using var small = new SmallRun();
        var file = folder.File("bad.jsonl");
        var exception = await Assert.ThrowsAsync<RecipeException>(() => small.RunAsync(Yaml($"fineTuning: {{files: ['{file}', nowhere.jsonl]}}")));
        string[] told = [.. exception.Errors.Select(error => error.Message.Replace(file, "bad", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        Assert.Equal(9, told.Length);
        Assert.Contains("nowhere.jsonl", told[0], StringComparison.Ordinal);
        Assert.Equal(
            [
                "bad, line 10: has 208 tokens, and the policy reads 128",
                "bad, line 2: must be an object",
                "bad, line 3: must have completion",
                "bad, line 4: question must be a text that is not empty",
                "bad, line 5: must have prompt, question or messages",
            ],
            told[1..6]);
        Assert.StartsWith("bad, line 7: No token stands for ", told[6], StringComparison.Ordinal);
        Assert.StartsWith("bad, line 8: the template 'r1-zero' takes one message of the user", told[7], StringComparison.Ordinal);
        Assert.StartsWith("bad, line 9: messages must end with the assistant's", told[8], StringComparison.Ordinal);
        Assert.All(exception.Errors, error => Assert.Equal("fineTuning.files", error.Field));
        Assert.False(Directory.Exists(small.Folder));
    }

    [Fact]
    public async Task Samples_that_a_filter_keeps_are_files_to_learn_from()
    {
        using var small = new SmallRun();
        var (steps, parameters) = await small.RunAsync(
            Yaml("sampling: {filter: {perProblem: 2, scores: {format: 1}}}", steps: 3).Replace("batchTokens: 256, learningRate: 1e-3, ", "", StringComparison.Ordinal), rewards: Scores.Some());
        var kept = steps.Where(step => step.Rollouts is not null).Select(step => step.Rollouts!.Kept!.Value).ToArray();
        var folder = Path.Combine(small.Folder, "samples");
        Assert.Equal(kept, Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).Select(file => File.ReadLines(file).Count()));
        Assert.Contains(kept, count => count > 0);
        using var tuned = new SmallRun();
        var (learned, end) = await tuned.RunAsync(Yaml($"fineTuning: {{files: ['{folder}']}}"));
        Assert.All(learned.Where(step => step.Phase == Phases.Reinforcement), step => Assert.True(step.TrainedTokens > 0));
        Assert.NotEqual(parameters, end);
    }

    [Fact]
    public async Task A_score_that_the_rubric_does_not_give_is_told()
    {
        using var small = new SmallRun();
        var exception = await Assert.ThrowsAsync<RecipeException>(() => small.RunAsync(Yaml("sampling: {filter: {scores: {judge: 0.5}}}")));
        Assert.Contains("the rubric has no component 'judge'", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cold-start")]
    [InlineData("cold-start-sums")]
    public async Task Every_text_of_a_cold_start_is_right_well_formed_and_not_held_out(string name)
    {
        var lines = BuiltInExamples.Lines(name).Select(line => JsonElement.Parse(line)).ToArray();
        Assert.InRange(lines.Length, 24, 100);
        var problems = lines.Select(line => new Problem("", line.GetProperty("question").GetString()!, line.GetProperty("task").Deserialize<GradingTask>(ItemJson.Options)!)).ToArray();
        var graded = await rubric.GradeAsync(problems.Zip(lines, (problem, line) => (problem, line.GetProperty("completion").GetString()!)));
        Assert.All(graded, item => Assert.Equal(2, item.Reward));
        Assert.Equal(lines.Length, problems.Select(problem => problem.Question).Distinct().Count());
        Assert.All(problems, problem => Assert.NotEqual(Split.HeldOut, Splits.Of(Operands(problem))));
    }

    // What parts the problems: the summands.
    private static int[] Operands(Problem problem) =>
        [.. Regex.Matches(problem.Question, "[0-9]+").Select(match => int.Parse(match.Value, CultureInfo.InvariantCulture))];
}
