using RewardServer.Grading.Rubrics;
using Spectre.Console;

namespace RewardServer.Cli.Grade;

/// <summary>Shows how far a run is: a bar where a person looks on, nothing where the output goes to a file.</summary>
internal static class GradeProgress
{
    /// <summary>Runs the work, and shows what it reports.</summary>
    public static Task ShowAsync(IAnsiConsole console, GradeFiles files, GradeSummary summary, Func<Action<GradedItem>, Task> work) =>
        console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new SpinnerColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask("grading", maxValue: 1);
                bar.IsIndeterminate = files.ShareRead is null;
                await work(graded =>
                {
                    summary.Add(graded);
                    bar.Value = files.ShareRead ?? 0;
                    bar.Description = summary.Line;
                });
                bar.IsIndeterminate = false;
                bar.Value = 1;
            });
}
