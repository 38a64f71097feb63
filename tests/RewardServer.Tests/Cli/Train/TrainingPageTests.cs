using RewardServer.Cli.Train;
using RewardServer.Training.Recipes;
using RewardServer.Training.Reporting;
using RewardServer.Training.Tests.Reporting;
using Spectre.Console;

namespace RewardServer.Tests.Cli.Train;

public sealed class TrainingPageTests
{
    private static readonly Recipe R1Zero = Steps.R1Zero;
    private static readonly TrainingPageState Started = TrainingPageState.Empty.Started(R1Zero, R1Zero.Model.Shape(100));

    [Theory]
    [InlineData("r1-zero  751.23 k parameters, 128 wide, 4 layers, grpo")]
    [InlineData("reinforcement  step 12 of 200")]
    [InlineData("2m 04s, about 6m 16s left")]
    [InlineData("reward", "0.37 ± 0.4, 6 without", "▁▁▂▃▃▄▅▆▆▇██")]
    [InlineData("accuracy", "0.2")]
    [InlineData("format", "0.42")]
    [InlineData("held-out addition", "93%, from 45%")]
    [InlineData("held-out countdown", "46.5%, from 22.5%")]
    [InlineData("completion length", "57 tokens, 2% cut off")]
    [InlineData("entropy", "0.8 nats")]
    [InlineData("KL", "0.0012 nats")]
    [InlineData("clipped tokens", "1.2%")]
    [InlineData("groups with no spread", "22%")]
    [InlineData("reflection words", "0.41 a completion")]
    [InlineData("generating", "12,778 tokens/s, 22.22 GFLOP/s, 240 GFLOP in all")]
    [InlineData("updating", "15,000 tokens/s, 75 GFLOP/s, 840 GFLOP in all")]
    [InlineData("time", "generating 45%, rewards 5%, updating 40%, rest 10% of 2.0 s")]
    [InlineData("addition, reward 1")]
    [InlineData("12 + 30 = 42")]
    [InlineData("checkpoint written")]
    public void Everything_that_is_measured_is_on_the_page(params string[] parts)
    {
        var page = Rendered(After(Steps.Run(new Sample("addition", "12 + 30", "<think>12 + 30 = 42</think>", 1))).With("checkpoint written"));
        Assert.Contains(page.Split('\n'), line => parts.All(part => line.Contains(part, StringComparison.Ordinal)));
    }

    [Fact]
    public void Pretraining_has_a_page_of_its_own()
    {
        var page = Rendered(After(Steps.Run().Take(3)));
        Assert.Contains("pretraining  step 3 of 1500", page, StringComparison.Ordinal);
        Assert.Contains("1.0 nats a token", page, StringComparison.Ordinal);
        Assert.Contains("held-out addition", page, StringComparison.Ordinal);
        Assert.DoesNotContain("reflection", page, StringComparison.Ordinal);
    }

    [Fact]
    public void An_evaluation_before_the_first_step_is_shown()
    {
        var page = Rendered(Started.With(new EvaluationPoint(Phases.Reinforcement, 0, Steps.Evaluation(0.4))));
        Assert.Contains("held-out addition", page, StringComparison.Ordinal);
        Assert.Contains("40%", page, StringComparison.Ordinal);
    }

    [Fact]
    public void An_evaluation_that_is_told_twice_counts_once()
    {
        var state = Started.With(new EvaluationPoint(Phases.Reinforcement, 4, Steps.Evaluation(0.4))).With(Steps.Reinforcement(4, Steps.Evaluation(0.5)));
        Assert.Equal(0.5, Assert.Single(state.Evaluations).Evaluation.Accuracy["addition"]);
    }

    [Fact]
    public void What_a_policy_writes_does_nothing_to_the_terminal()
    {
        var page = Rendered(After(Steps.Run(new Sample("[red]k", "p", "[bold]\u001b[2J\u001b]0;title\u0007\r[/]\u202e\u009b31m", null))).With("[x]\u001b[1A"));
        Assert.DoesNotContain(page, character => char.IsControl(character) && character != '\n');
        Assert.DoesNotContain('\u202e', page);
        Assert.Contains("[red]k, no reward", page, StringComparison.Ordinal);
        Assert.Contains("[bold]\ufffd[2J\ufffd]0;title", page, StringComparison.Ordinal);
        Assert.Contains("[x]\ufffd[1A", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_that_are_none_are_shown_as_such() =>
        Assert.Contains("NaN nats a token", Rendered(Started.With(Steps.Pretraining(1) with { Loss = double.NaN, Seconds = double.NaN })), StringComparison.Ordinal);

    [Fact]
    public void A_page_tells_the_stage_and_what_those_before_it_came_to()
    {
        var stage = R1Zero with { Stage = new(2, 3, "tuned", "base") };
        var state = After(Steps.Run()).Ended(new(R1Zero with { Stage = new(1, 3, "zero", "base") }, Steps.Run())).Started(stage, R1Zero.Model.Shape(100)).With(Steps.Reinforcement(1));
        var lines = Rendered(state).Split('\n');
        Assert.Contains(lines, line => line.StartsWith("r1-zero  stage 2 of 3: tuned", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("1 zero", StringComparison.Ordinal) && line.Contains("addition 93%, countdown 46.5%, 2m 04s", StringComparison.Ordinal) && line.Contains('█', StringComparison.Ordinal));
        // The steps of the stage before are not this one's.
        Assert.Contains(lines, line => line.Contains("reinforcement  step 1 of 200", StringComparison.Ordinal) && !line.Contains("left", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(40)]
    [InlineData(60)]
    public void A_narrow_terminal_is_kept_to(int width) =>
        Assert.All(Rendered(After(Steps.Run(new Sample("k", "p", new string('x', 500), 1))), width).Split('\n'), line => Assert.InRange(line.Length, 0, width));

    private static TrainingPageState After(IEnumerable<StepMetrics> steps) => steps.Aggregate(Started, (state, step) => state.With(step));

    private static string Rendered(TrainingPageState state, int width = 130)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(writer) });
        console.Profile.Width = width;
        console.Profile.Capabilities.Unicode = true;
        console.Write(TrainingPage.Render(state));
        return writer.ToString();
    }
}
