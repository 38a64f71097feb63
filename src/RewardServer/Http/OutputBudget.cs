using System.Threading.RateLimiting;
using RewardServer.Hosting;

namespace RewardServer.Http;

/// <summary>Bounds the output of programs that all calls together hold in memory, from a run's start until its answer is written.</summary>
public sealed class OutputBudget(ServerOptions options) : IDisposable
{
    // In KiB; how many wait is bounded by how many calls are worked on.
    private readonly ConcurrencyLimiter limiter = new(new()
    {
        PermitLimit = options.OutputBudgetMb * 1024,
        QueueLimit = int.MaxValue,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    // A text takes twice its bytes, and as JSON up to six times: what large answers come to while they are written is bounded beside.
    private const int Small = 1 << 20;
    private const int ShareThatIsWritten = 8;
    private readonly int mostWritten = Math.Max(1024, options.OutputBudgetMb * 1024 / ShareThatIsWritten);
    private readonly ConcurrencyLimiter writing = new(new()
    {
        PermitLimit = Math.Max(1024, options.OutputBudgetMb * 1024 / ShareThatIsWritten),
        QueueLimit = int.MaxValue,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <summary>The most that one call can hold, in KiB.</summary>
    public long Most => options.OutputBudgetMb * 1024L;

    /// <summary>Waits until there is room.</summary>
    /// <param name="kibibytes">The most that the call can come to hold; at most <see cref="Most"/>.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>What is to be disposed of when the answer is written.</returns>
    public async Task<IDisposable> ReserveAsync(long kibibytes, CancellationToken cancellation) =>
        await limiter.AcquireAsync((int)kibibytes, cancellation);

    /// <summary>Waits until a large answer may be written; a small one, of which there may be any number, need not wait.</summary>
    /// <param name="bytes">Of the outputs that stand in it.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>What is to be disposed of when the answer is written; null for a small one.</returns>
    public async Task<IDisposable?> ReserveWritingAsync(long bytes, CancellationToken cancellation) =>
        bytes < Small ? null : await writing.AcquireAsync((int)Math.Min(mostWritten, bytes / 1024), cancellation);

    /// <inheritdoc/>
    public void Dispose()
    {
        limiter.Dispose();
        writing.Dispose();
    }
}
