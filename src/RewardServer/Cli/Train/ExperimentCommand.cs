using RewardServer.Hosting;
using RewardServer.Training.Experiments;
using RewardServer.Training.Reporting.Html;
using RewardServer.Training.Runs;
using Spectre.Console;

namespace RewardServer.Cli.Train;

/// <summary><c>--train experiments/NAME</c>: runs the arms of an experiment with each seed, and compares them.</summary>
internal static class ExperimentCommand
{
    /// <summary>Runs what is left of it.</summary>
    /// <param name="experiment">What is asked.</param>
    /// <param name="options">On what, and in which folder; where that holds the experiment already, it goes on.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="StartException">The folder holds another experiment; a rubric or a setting is wrong.</exception>
    public static async Task RunAsync(Experiment experiment, RunOptions options, Settings settings, CancellationToken cancellation)
    {
        var run = new ExperimentRun(
            experiment,
            options.Folder,
            async (recipe, folder, token) =>
            {
                await using var grading = await TrainingRewards.StartAsync(recipe, settings, Console.Error, token);
                IReadOnlyList<Training.Reporting.StageSteps> stages = [];
                await TrainingDisplay.ShowAsync(AnsiConsole.Console, TimeProvider.System, async observer =>
                    stages = await RecipeRun.RunAsync(recipe, options with { Folder = folder }, grading.Of, observer, token));
                return stages;
            },
            Console.WriteLine);
        var comparison = await run.RunAsync(cancellation);
        AnsiConsole.Write(Table(experiment, comparison));
        Console.WriteLine($"The experiment is in {Path.GetFullPath(options.Folder)}: report.html, comparison.json, and a folder an arm.");
    }

    private static Table Table(Experiment experiment, Comparison comparison)
    {
        string[] measures = [.. comparison.Arms.SelectMany(arm => arm.Measures).Select(measure => measure.Name).Distinct()];
        var table = new Table().Title(Markup.Escape($"{experiment.Name}, where all arms have taken {ExperimentReport.CostWords(comparison.At, comparison.Cost)}")).AddColumn("");
        foreach (var arm in comparison.Arms)
        {
            table.AddColumn(new TableColumn(Markup.Escape($"{arm.Name} ({arm.Seeds})")).RightAligned());
        }

        foreach (var name in measures)
        {
            var words = RunMeasures.Words(name);
            table.AddRow([Markup.Escape(name), .. comparison.Arms.Select(arm => arm.Measures.First(measure => measure.Name == name)).Select(measure =>
                Markup.Escape(measure.Value.Words(words) + (measure.Difference is { Count: > 0 } difference ? $" ({ExperimentReport.WithSign(difference, words)})" : "")))]);
        }

        if (experiment.Reach is { } goal)
        {
            table.AddRow([Markup.Escape($"until {goal.Measure} {RunMeasures.Words(goal.Measure)(goal.Value)}"), .. comparison.Arms.Select(arm => Markup.Escape(ExperimentReport.ReachedWords(comparison.At, arm.Reached!.Value, arm.Seeds)))]);
        }

        return table;
    }
}
