using RewardServer.Training.Reporting;
using Spectre.Console;

namespace RewardServer.Cli.Train;

/// <summary>Shows a run: a live page on a terminal, one plain line a step elsewhere.</summary>
internal static class TrainingDisplay
{
    /// <summary>Does the work, and shows what it tells.</summary>
    public static Task ShowAsync(IAnsiConsole console, TimeProvider time, Func<ITrainingObserver, Task> work) =>
        console.Profile.Out.IsTerminal && console.Profile.Capabilities.Ansi
            ? LiveTrainingPage.ShowAsync(console, time, work)
            : work(new TrainingLines(console.Profile.Out.Writer));
}
