using System.Text.Json;
using RewardServer.Training.Reporting;

namespace RewardServer.Training.Tests.Reporting;

public sealed class MetricsLogTests : IDisposable
{
    private readonly RunFolder folder = new(Directory.CreateTempSubdirectory("run").FullName);

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(folder.MetricsPath)!, recursive: true);

    [Fact]
    public void What_is_written_is_read_back_with_all_that_it_holds()
    {
        var steps = Steps.Run(new Sample("addition", "12 + 30", "<think>\n\"42\"? 你好 \ud83d\ude00</think>", 1), new("countdown", "3 5 7", "\0\u001b[2J", null));
        Write(null, steps);
        Assert.Equal(steps.Select(Json), MetricsLog.Read(folder.MetricsPath).Select(Json));
        Assert.Equal(steps[^1].Evaluation!.Samples, MetricsLog.Read(folder.MetricsPath)[^1].Evaluation!.Samples);
    }

    [Fact]
    public void A_step_is_one_line_of_camel_case_without_what_is_null()
    {
        Write(null, [Steps.Pretraining(1), Steps.Reinforcement(1)]);
        var lines = File.ReadAllLines(folder.MetricsPath);
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("""{"phase":"pretraining","step":1,"seconds":1,"loss":3,""", lines[0], StringComparison.Ordinal);
        Assert.DoesNotContain("rollouts", lines[0], StringComparison.Ordinal);
        Assert.Equal(0.0012, JsonElement.Parse(lines[1]).GetProperty("rollouts").GetProperty("kullbackLeibler").GetDouble());
    }

    [Fact]
    public void A_line_can_be_read_as_soon_as_its_step_is_done()
    {
        using var log = folder.OpenMetrics();
        log.Append(Steps.Pretraining(1));
        Assert.Single(MetricsLog.Read(folder.MetricsPath));
        log.Append(Steps.Pretraining(2));
        Assert.Equal(2, MetricsLog.Read(folder.MetricsPath).Count);
    }

    [Fact]
    public void A_loss_that_is_no_number_is_kept_as_such()
    {
        Write(null, [Steps.Pretraining(1) with { Loss = double.NaN, GradientNorm = double.PositiveInfinity }]);
        var step = Assert.Single(MetricsLog.Read(folder.MetricsPath));
        Assert.Equal((double.NaN, double.PositiveInfinity), (step.Loss, step.GradientNorm));
    }

    [Theory]
    [InlineData(Phases.Reinforcement, 12, 15)]
    [InlineData(Phases.Reinforcement, 5, 8)]
    [InlineData(Phases.Reinforcement, 0, 3)]
    [InlineData(Phases.Pretraining, 2, 2)]
    [InlineData(Phases.Pretraining, 0, 0)]
    [InlineData(Phases.Reinforcement, 99, 15)]
    public void A_run_that_goes_on_loses_the_steps_after_the_one_it_goes_on_from(string phase, int step, int kept)
    {
        var steps = Steps.Run();
        Write(null, steps);
        Write(new(phase, step), [Steps.Reinforcement(77)]);
        Assert.Equal([.. steps.Take(kept).Select(one => (one.Phase, one.Step)), (Phases.Reinforcement, 77)], MetricsLog.Read(folder.MetricsPath).Select(one => (one.Phase, one.Step)));
    }

    [Fact]
    public void A_line_that_was_broken_off_is_left_out_and_written_over()
    {
        Write(null, [Steps.Pretraining(1)]);
        File.AppendAllText(folder.MetricsPath, """{"phase":"pretraining","st""");
        Assert.Single(MetricsLog.Read(folder.MetricsPath));
        Write(new(Phases.Pretraining, 5), [Steps.Pretraining(6)]);
        Assert.Equal([1, 6], MetricsLog.Read(folder.MetricsPath).Select(step => step.Step));
    }

    [Fact]
    public void A_line_that_is_no_step_is_told_and_nothing_is_changed()
    {
        Write(null, [Steps.Pretraining(1)]);
        File.AppendAllText(folder.MetricsPath, "{\"phase\":\"pretraining\"}\n");
        var before = File.ReadAllText(folder.MetricsPath);
        var error = Assert.Throws<InvalidDataException>(() => folder.OpenMetrics(new(Phases.Pretraining, 5)));
        Assert.StartsWith($"{folder.MetricsPath}:2: is no step of a training: ", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(folder.MetricsPath));
    }

    [Fact]
    public void A_run_that_begins_in_a_used_folder_begins_anew()
    {
        Write(null, Steps.Run());
        Write(null, [Steps.Pretraining(1)]);
        Assert.Single(MetricsLog.Read(folder.MetricsPath));
    }

    private void Write(RunPoint? resumed, IEnumerable<StepMetrics> steps)
    {
        using var log = folder.OpenMetrics(resumed);
        foreach (var step in steps)
        {
            log.Append(step);
        }
    }

    private static string Json(StepMetrics step) => JsonSerializer.Serialize(step);
}
