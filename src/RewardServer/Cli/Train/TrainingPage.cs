using RewardServer.Training.Reporting;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace RewardServer.Cli.Train;

/// <summary>The page that a person sees while a policy is trained, from what has happened so far.</summary>
internal static class TrainingPage
{
    private const int BarWidth = 40;
    private const int SparklineWidth = 32;
    private const int ShownSamples = 2;
    private const int SampleLines = 5;
    private const int SampleCharacters = 360;

    private static readonly Style Soft = new(Color.Grey);
    private static readonly Style Strong = new(decoration: Decoration.Bold);
    private static readonly Style Course = new(Color.Green);

    /// <summary>The page.</summary>
    public static IRenderable Render(TrainingPageState state)
    {
        var parts = new List<IRenderable> { Title(state) };
        if (state.Now is { } now)
        {
            parts.Add(Progress(state, now));
        }

        if (!state.EndedStages.IsEmpty)
        {
            parts.Add(Measures(TrainingMeasures.OfStages(state)));
        }

        parts.Add(Measures(TrainingMeasures.Of(state)));
        parts.AddRange(Samples(state));
        parts.AddRange(state.Messages.Select(message => new Text(TerminalText.Safe(message).Replace('\n', ' '), Soft)));
        return new Rows(parts);
    }

    private static Paragraph Title(TrainingPageState state)
    {
        var title = new Paragraph();
        if (state is { Recipe: { } recipe, Shape: { } shape })
        {
            title.Append(TerminalText.Safe(recipe.Name), Strong);
            title.Append(recipe.Stage is { } stage ? $"  stage {stage.Number} of {stage.Count}: {stage.Name}" : "", Strong);
            title.Append($"  {Figures.Scaled(shape.Parameters).TrimEnd()} parameters, {shape.HiddenSize} wide, {shape.Layers} layers, {TerminalText.Safe(recipe.Method)}", Soft);
        }

        return title;
    }

    private static Paragraph Progress(TrainingPageState state, StepMetrics now)
    {
        var share = state.PlannedSteps > 0 ? Math.Clamp(now.Step / (double)state.PlannedSteps, 0, 1) : 0;
        var done = (int)Math.Round(share * BarWidth);
        var progress = new Paragraph();
        progress.Append($"{now.Phase}  step {now.Step} of {state.PlannedSteps}  ", Strong);
        progress.Append(new string('━', done), Course);
        progress.Append(new string('─', BarWidth - done), Soft);
        progress.Append($"  {Figures.Time(now.Seconds)}{(state.SecondsLeft is { } left ? $", about {Figures.Time(left)} left" : "")}", Soft);
        return progress;
    }

    private static Table Measures(IEnumerable<TrainingMeasure> measures)
    {
        var table = new Table { ShowHeaders = false, Border = TableBorder.Rounded };
        table.BorderStyle(Soft);
        table.AddColumn(new TableColumn(""));
        table.AddColumn(new TableColumn(""));
        table.AddColumn(new TableColumn(""));
        foreach (var measure in measures)
        {
            table.AddRow(new Text(TerminalText.Safe(measure.Name), Soft), new Text(measure.Now), new Text(Sparkline.Of(measure.Course, SparklineWidth), Course));
        }

        return table;
    }

    private static IEnumerable<IRenderable> Samples(TrainingPageState state)
    {
        var last = state.Evaluations.LastOrDefault(one => !one.Evaluation.Samples.IsDefaultOrEmpty);
        foreach (var sample in last?.Evaluation.Samples.Take(ShownSamples) ?? [])
        {
            var text = new Paragraph();
            text.Append($"{TerminalText.Safe(sample.Kind)}, {(sample.Reward is { } reward ? $"reward {Figures.Plain(reward)}" : "no reward")}\n", Strong);
            text.Append(TerminalText.Beginning(sample.Completion, SampleLines, SampleCharacters));
            yield return new Panel(text) { Border = BoxBorder.Rounded, Expand = true }.BorderStyle(Soft);
        }
    }
}
