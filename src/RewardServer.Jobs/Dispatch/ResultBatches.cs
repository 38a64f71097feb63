using System.Threading.Channels;
using RewardServer.Jobs.Results;
using RewardServer.Jobs.Running;

namespace RewardServer.Jobs.Dispatch;

/// <summary>Gathers results that come row by row, so that many of them are kept in one transaction. Bounded in number and bytes: who writes waits.</summary>
internal sealed class ResultBatches
{
    private const int MostWaiting = 2048;
    private const long MostBytes = 32 << 20;
    private const int Together = 1024;
    private const long BytesTogether = 8 << 20;

    // What comes within it is kept together: a transaction costs as much as the grading of many rows.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly Channel<IReadOnlyList<ResultLine>> waiting = Channel.CreateBounded<IReadOnlyList<ResultLine>>(MostWaiting);
    private readonly Backlog backlog = new(MostBytes);
    private readonly Task writing;

    public ResultBatches(Func<IReadOnlyList<ResultLine>, Task> keep, TimeProvider time) => writing = KeepAsync(keep, time);

    /// <summary>Takes results; they are kept soon.</summary>
    /// <exception cref="ChannelClosedException">Results could not be kept; <see cref="EndAsync"/> says why.</exception>
    public async Task WriteAsync(IReadOnlyList<ResultLine> lines, CancellationToken cancellation)
    {
        if (lines.Count == 0)
        {
            return;
        }

        await backlog.EnterAsync(BytesOf(lines), cancellation).ConfigureAwait(false);
        await waiting.Writer.WriteAsync(lines, cancellation).ConfigureAwait(false);
    }

    /// <summary>Ends when all is kept, or with why it could not be.</summary>
    public Task EndAsync()
    {
        waiting.Writer.TryComplete();
        return writing;
    }

    private static long BytesOf(IReadOnlyList<ResultLine> lines) => lines.Sum(line => (long)line.Json.Length);

    private async Task KeepAsync(Func<IReadOnlyList<ResultLine>, Task> keep, TimeProvider time)
    {
        try
        {
            while (await waiting.Reader.WaitToReadAsync().ConfigureAwait(false))
            {
                if (waiting.Reader.Count < Together)
                {
                    await Task.Delay(Pause, time).ConfigureAwait(false);
                }

                var lines = new List<ResultLine>();
                long bytes = 0;
                while (lines.Count < Together && bytes < BytesTogether && waiting.Reader.TryRead(out var next))
                {
                    lines.AddRange(next);
                    bytes += BytesOf(next);
                }

                await keep(lines).ConfigureAwait(false);
                backlog.Leave(bytes);
            }
        }
        catch (Exception exception)
        {
            // Whoever writes is told at once; one that waits for room is let in, and told then.
            waiting.Writer.TryComplete(exception);
            backlog.Leave(MostBytes * 2);
            throw;
        }
    }
}
