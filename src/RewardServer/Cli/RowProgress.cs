using Spectre.Console;

namespace RewardServer.Cli;

/// <summary>Shows how far a verb is in its input: a bar where a person looks on, plain lines now and then where nobody does.</summary>
internal static class RowProgress
{
    /// <summary>Runs the work, and shows what it reports.</summary>
    /// <param name="console">Where.</param>
    /// <param name="input">The input; its position is how far the work is.</param>
    /// <param name="name">What is done.</param>
    /// <param name="work">The work. It tells of a row that is through by a text for the bar.</param>
    public static Task<T> ShowAsync<T>(IAnsiConsole console, Stream input, string name, Func<Action<Func<string>>, Task<T>> work) =>
        console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new SpinnerColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask(name, maxValue: 1);
                var length = input.CanSeek ? input.Length : 0;
                bar.IsIndeterminate = length == 0;
                var last = TimeProvider.System.GetTimestamp();
                var result = await ReadAsync(() => work(text =>
                {
                    // Texts are made ten times a second, and not for each of a million rows.
                    if (TimeProvider.System.GetElapsedTime(last) >= TimeSpan.FromMilliseconds(100))
                    {
                        last = TimeProvider.System.GetTimestamp();
                        bar.Value = length == 0 ? 0 : (double)input.Position / length;
                        bar.Description = Markup.Escape(text());
                    }
                }));
                bar.IsIndeterminate = false;
                bar.Value = 1;
                return result;
            });

    // Rows that cannot be read on are a file that broke off, and no mistake in the arguments.
    private static async Task<T> ReadAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (InvalidDataException exception)
        {
            throw new IOException(exception.Message, exception);
        }
    }
}
