using RewardServer.Training.Policies;
using RewardServer.Training.Recipes;
using RewardServer.Training.Reporting;
using Spectre.Console;

namespace RewardServer.Cli.Train;

/// <summary>Draws the page anew when something has happened, but not so often that drawing costs.</summary>
internal sealed class LiveTrainingPage : ITrainingObserver
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(200);

    private readonly LiveDisplayContext display;
    private readonly TimeProvider time;
    private TrainingPageState state = TrainingPageState.Empty;
    private long? drawn;

    private LiveTrainingPage(LiveDisplayContext display, TimeProvider time) => (this.display, this.time) = (display, time);

    /// <summary>Shows the page while work is done. What was last drawn stays on the screen, also where the work ends with an exception.</summary>
    public static Task ShowAsync(IAnsiConsole console, TimeProvider time, Func<ITrainingObserver, Task> work) =>
        console.Live(TrainingPage.Render(TrainingPageState.Empty))
            .Overflow(VerticalOverflow.Crop)
            .Cropping(VerticalOverflowCropping.Bottom)
            .StartAsync(async display =>
            {
                var page = new LiveTrainingPage(display, time);
                try
                {
                    await work(page);
                }
                finally
                {
                    page.Draw();
                }
            });

    public void Started(Recipe recipe, PolicyShape shape) => Become(state.Started(recipe, shape));

    public void Stepped(StepMetrics metrics) => Become(state.With(metrics));

    public void StageEnded(StageSteps stage) => Become(state.Ended(stage));

    public void Message(string text) => Become(state.With(text));

    private void Become(TrainingPageState next)
    {
        state = next;
        if (drawn is not { } last || time.GetElapsedTime(last) >= Between)
        {
            Draw();
        }
    }

    private void Draw()
    {
        display.UpdateTarget(TrainingPage.Render(state));
        drawn = time.GetTimestamp();
    }
}
