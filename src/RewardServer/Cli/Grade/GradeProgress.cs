using Spectre.Console;

namespace RewardServer.Cli.Grade;

/// <summary>Shows how far a run is: a bar where a person looks on, a plain line now and then elsewhere.</summary>
internal static class GradeProgress
{
    private static readonly TimeSpan BarPause = TimeSpan.FromSeconds(0.2), LinePause = TimeSpan.FromSeconds(10);

    /// <summary>Does the work, and shows how far it is.</summary>
    public static Task ShowAsync(IAnsiConsole console, GradeMeter meter, Func<Task> work) =>
        console.Profile.Out.IsTerminal && console.Profile.Capabilities.Ansi ? BarAsync(console, meter, work) : EveryAsync(LinePause, () => Console.Error.WriteLine(meter.Line), work());

    private static Task BarAsync(IAnsiConsole console, GradeMeter meter, Func<Task> work) =>
        console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new SpinnerColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask("grading", maxValue: 1);
                bar.IsIndeterminate = meter.ShareRead is null;
                await EveryAsync(BarPause, Show, work());
                bar.IsIndeterminate = false;
                Show();

                void Show()
                {
                    bar.Value = meter.ShareRead ?? 0;
                    bar.Description = Markup.Escape(meter.Line);
                }
            });

    private static async Task EveryAsync(TimeSpan pause, Action show, Task work)
    {
        using var timer = new PeriodicTimer(pause);
        var next = timer.WaitForNextTickAsync().AsTask();
        while (await Task.WhenAny(work, next) == next)
        {
            show();
            next = timer.WaitForNextTickAsync().AsTask();
        }

        await work;
    }
}
