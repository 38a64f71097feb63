using System.Threading.RateLimiting;
using RewardServer.Hosting;

namespace RewardServer.Compatibility;

/// <summary>
/// Bounds the bytes of bodies that are read, or held, before their calls have a place at the <see cref="TrainerGate"/>: where a body says how long its client
/// waits, it must be read first, and only connections would bound how many are.
/// </summary>
/// <param name="options">Has the largest body.</param>
/// <param name="time">The clock.</param>
internal sealed class BodyBudget(ServerOptions options, TimeProvider time) : IDisposable
{
    /// <summary>What to tell a client whose body found no room.</summary>
    public const string Full = "too many large requests are held; try again";

    // In MiB: thousands of usual bodies, or a few of the largest.
    private const int LeastMb = 256;

    // Below what any client waits in all; one that is gone waits no more.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly ConcurrencyLimiter limiter = new(new()
    {
        PermitLimit = Math.Max(LeastMb, options.MaxRequestMb) << 10,
        QueueLimit = int.MaxValue,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <summary>Waits until there is room for a call's body; the time counts from when the call came.</summary>
    /// <param name="http">The call, whose body is not read yet. One that does not say its length counts as the largest.</param>
    /// <returns>What is to be disposed of when the call has its place, and is at the call's end; null where there was no room.</returns>
    /// <exception cref="OperationCanceledException">The client is gone.</exception>
    public Task<IDisposable?> ReserveAsync(HttpContext http) => ReserveAsync(http, http.Request.ContentLength);

    /// <summary>The same for a call of which so many bytes are held at once; null where that cannot be told, and it counts as the largest.</summary>
    public async Task<IDisposable?> ReserveAsync(HttpContext http, long? length)
    {
        var most = (long)options.MaxRequestMb << 10;
        using var deadline = new Deadline(http, Patience, time);
        try
        {
            var lease = await limiter.AcquireAsync((int)Math.Clamp(((length / 1024) + 1) ?? most, 1, most), deadline.Token);
            http.Response.RegisterForDispose(lease);
            return lease;
        }
        catch (OperationCanceledException) when (deadline.HasPassed)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => limiter.Dispose();
}
