using System.Text.Json;
using System.Xml.Linq;
using RewardServer.Training.Recipes;
using RewardServer.Training.Reporting;
using RewardServer.Training.Runs;
using RewardServer.Training.Tests.Reporting.Html;

namespace RewardServer.Training.Tests.Runs;

/// <summary>All stages of r1, whole and broken off.</summary>
public sealed class StagedRunTests(WholeR1 whole) : IClassFixture<WholeR1>
{
    private static readonly Recipe R1 = WholeR1.Recipe;
    private static readonly string[] Folders = WholeR1.Folders;

    [Fact]
    public void All_stages_of_r1_are_run_each_kept_in_a_folder_of_its_own()
    {
        Assert.Equal(R1.Stages.Length, whole.Stages.Count);
        Assert.Equal(Folders, RunCheckpoints.Stages(whole.Run.Folder).Select(Path.GetFileName));
        Assert.Equal(R1.Stages.Select(stage => stage.Stage), whole.Run.Seen.Begun.Select(recipe => recipe.Stage));
        Assert.Equal(whole.Stages, whole.Run.Seen.Ended);
        Assert.All(whole.Stages, stage => Assert.Equal(3, stage.Steps[^1].Step));
        Assert.All(Folders, folder =>
        {
            Assert.True(File.Exists(Path.Combine(whole.Run.Folder, folder, "report.html")));
            Assert.NotEmpty(WholeR1.Parameters(whole.Run, folder));
        });
        // The newest of the last stage is what the whole run came to.
        Assert.Equal(Path.Combine(whole.Run.Folder, Folders[^1], "checkpoints", "step-000003"), RunCheckpoints.Meant(whole.Run.Folder));
        Assert.Equal(R1.Yaml, File.ReadAllText(Path.Combine(whole.Run.Folder, "recipe.yaml")));
    }

    [Fact]
    public async Task A_later_stage_that_does_not_fit_is_told_before_the_first_begins()
    {
        using var small = new SmallRun();
        var late = R1.Stages.Single(stage => stage.Stage!.Name == "fine-tuning");
        var large = late with { Reinforcement = late.Reinforcement with { Optimization = late.Reinforcement.Optimization with { BatchTokens = 1 << 20 } } };
        var exception = await Assert.ThrowsAsync<RecipeException>(() => small.StagesAsync(R1 with { Stages = R1.Stages.Replace(late, large) }, Scores.Some(), memory: 1L << 30));
        Assert.Contains("stage fine-tuning: the run needs more memory than cpu has for it", exception.Message, StringComparison.Ordinal);
        Assert.Contains("reinforcement.batchTokens: ", exception.Message, StringComparison.Ordinal);
        Assert.Empty(small.Seen.Begun);
    }

    [Fact]
    public void A_stage_begins_with_what_the_one_that_it_names_ended_with()
    {
        float[] Of(string stage) => WholeR1.Parameters(whole.Run, Folders.Single(folder => folder.EndsWith($"-{stage}", StringComparison.Ordinal)));
        // What samples alone is left as it was.
        Assert.Equal(Of("zero"), Of("cold-start-samples"));
        Assert.Equal(Of("reasoning"), Of("rejection-sampling"));
        Assert.NotEqual(Of("zero"), Of("cold-start"));
        Assert.Equal(Of("fine-tuning"), Of("reward-model"));
        Assert.NotEqual(Of("fine-tuning"), Of("all-scenarios"));
    }

    [Fact]
    public void The_base_model_is_pretrained_and_told_of_once()
    {
        Assert.Equal([3, 0, 0, 0, 0, 0, 0, 0], whole.Stages.Select(stage => stage.Steps.Count(step => step.Phase == Phases.Pretraining)));
        // What it can do stands before the first step of every stage that begins with it.
        Assert.All(whole.Stages.Skip(1), stage => Assert.NotNull(stage.Steps[0] is { Step: 0 } before ? before.Evaluation : null));
    }

    [Fact]
    public void The_reward_model_rewards_notes_and_rules_reward_sums()
    {
        var last = whole.Stages[^1].Steps.Where(step => step.Rollouts is not null).ToArray();
        Assert.All(last, step => Assert.Contains("rewardModel", step.Rollouts!.Components.Keys));
        var samples = last[^1].Evaluation!.Samples;
        Assert.Equal(["addition", "writing"], samples.Select(sample => sample.Kind).Order());
        Assert.Contains(samples.Single(sample => sample.Kind == "addition").Reward, new double?[] { 0, 1 });
        Assert.DoesNotContain(samples.Single(sample => sample.Kind == "writing").Reward, new double?[] { null, 0, 1 });
    }

    [Fact]
    public void The_report_has_all_stages_and_tells_which_one_it_is_in()
    {
        string[] Rows(XElement page) => [.. page.Descendants("tr").Skip(1).Select(row => $"{(string?)row.Attribute("class")} {row.Element("th")!.Value} {row.Elements("td").ElementAt(2).Value}".Trim())];
        var (now, end) = (HtmlTree.Of(whole.ReportInReasoning), HtmlTree.Of(File.ReadAllText(Path.Combine(whole.Run.Folder, "report.html"))));
        Assert.Equal("now 4. reasoning 2 of 3", Rows(now)[3]);
        Assert.All(Rows(now)[4..], row => Assert.StartsWith("later ", row, StringComparison.Ordinal));
        Assert.All(Rows(end), row => Assert.EndsWith(" 3 of 3", row, StringComparison.Ordinal));
        Assert.Equal(Folders.Select(folder => $"{folder}/report.html"), end.Descendants("a").Select(link => (string)link.Attribute("href")!));
        string[] titles = [.. end.Descendants("h2").Select(title => title.Value)];
        Assert.Contains("All stages", titles);
        Assert.All(R1.Stages, stage => Assert.Contains($"{stage.Stage!.Number}. {stage.Stage.Name}: {stage.Method}, from {stage.Stage.From}", titles));
    }

    [Theory]
    [InlineData("cold-start-samples", 2)]
    [InlineData("cold-start", 1)]
    [InlineData("reasoning", 3)]
    [InlineData("reward-model", 2)]
    [InlineData("all-scenarios", 2)]
    public async Task A_run_that_was_broken_off_goes_on_in_its_stage_and_does_what_it_would_have_done(string stage, int after)
    {
        using var broken = new SmallRun();
        using var stop = new CancellationTokenSource();
        broken.Seen.AfterStep = step =>
        {
            if (broken.Seen.Begun[^1].Stage!.Name == stage && step.Phase == Phases.Reinforcement && step.Step == after)
            {
                stop.Cancel();
            }
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => broken.StagesAsync(R1, Scores.Some(), cancellation: stop.Token));
        var before = broken.Seen.Begun.Count;

        var resumed = await broken.StagesAsync(R1, Scores.Some(), resume: true);
        // The stages that had ended are not run again.
        Assert.Equal(broken.Seen.Begun[before - 1].Stage, broken.Seen.Begun[before].Stage);
        Assert.Equal(whole.Stages.Select(What), resumed.Select(What));
        Assert.Equal(Folders.Select(folder => WholeR1.Parameters(whole.Run, folder)), Folders.Select(folder => WholeR1.Parameters(broken, folder)));

        static string What(StageSteps stage) => JsonSerializer.Serialize(
            stage.Steps.Select(step => new { step.Phase, step.Step, step.Loss, step.PairMargin, step.Rollouts?.Reward, step.Rollouts?.Kept, step.Evaluation?.CompletionTokens }));
    }

    [Fact]
    public async Task What_was_killed_while_it_was_written_is_not_missed()
    {
        using var small = new SmallRun();
        await small.StagesAsync(R1, Scores.Some());
        // As after kill -9 in the fourth stage: an older checkpoint, later metrics with a last line that was broken off, and no later stage.
        foreach (var folder in Folders[4..])
        {
            Directory.Delete(Path.Combine(small.Folder, folder), recursive: true);
        }

        var killed = Path.Combine(small.Folder, Folders[3]);
        Directory.Delete(Path.Combine(killed, "checkpoints", "step-000003"), recursive: true);
        File.AppendAllText(Path.Combine(killed, "metrics.jsonl"), "{\"phase\":\"reinf");
        File.Delete(Path.Combine(small.Folder, "report.html"));
        await small.StagesAsync(R1, Scores.Some(), resume: true);
        Assert.Equal(Folders.Select(folder => WholeR1.Parameters(whole.Run, folder)), Folders.Select(folder => WholeR1.Parameters(small, folder)));
        Assert.True(File.Exists(Path.Combine(small.Folder, "report.html")));
    }

    [Fact]
    public async Task A_run_goes_on_with_its_own_stages_or_not_at_all()
    {
        var small = whole.Run;
        var other = await Assert.ThrowsAsync<RecipeException>(() => small.StagesAsync(R1.WithSeed(2), Scores.Some(), resume: true));
        Assert.Contains("another seed", other.Message, StringComparison.Ordinal);
        var fewer = await Assert.ThrowsAsync<RecipeException>(() => small.StagesAsync(R1 with { Stages = R1.Stages[..^1] }, Scores.Some(), resume: true));
        Assert.Contains("another stages", fewer.Message, StringComparison.Ordinal);
        var longer = R1.Stages[0] with { Reinforcement = R1.Stages[0].Reinforcement with { Optimization = R1.Stages[0].Reinforcement.Optimization with { Steps = 4 } } };
        var more = await Assert.ThrowsAsync<RecipeException>(() => small.StagesAsync(R1 with { Stages = R1.Stages.SetItem(0, longer) }, Scores.Some(), resume: true));
        Assert.Contains("the stage zero has steps left, but ", more.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_may_begin_with_a_whole_run_or_with_a_stage_of_it()
    {
        using var staged = new SmallRun();
        await staged.StagesAsync(R1 with { Stages = R1.Stages[..2] }, Scores.Some());
        using var small = new SmallRun();
        var recipe = R1.Stages[0] with { Stage = null };
        var stages = await small.StagesAsync(recipe.WithModel(Path.Combine(staged.Folder, Folders[0])), Scores.Some());
        Assert.Equal([0, 1, 2, 3], stages[0].Steps.Select(step => step.Step));
        Assert.Equal(RunCheckpoints.Meant(staged.Folder), Path.Combine(staged.Folder, Folders[1], "checkpoints", "step-000003"));
    }
}
