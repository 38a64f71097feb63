using System.Threading.RateLimiting;
using RewardServer.Hosting;

namespace RewardServer.Compatibility;

/// <summary>
/// Bounds the trainers' calls that are worked on at once, as <see cref="Http.Admission"/> does for /v1. One that has to wait too long gets
/// the answer on which its client tries again, before the client gives up by itself.
/// </summary>
/// <param name="options">Has the bounds.</param>
/// <param name="time">The clock.</param>
internal sealed class TrainerGate(ServerOptions options, TimeProvider time) : IDisposable
{
    private const string Arrival = "RewardServer.Arrival";

    private readonly ConcurrencyLimiter limiter = new(new()
    {
        PermitLimit = options.MaxCalls,
        QueueLimit = options.MaxWaiting,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <summary>When the call came, as the clock's timestamp; its deadlines count from there.</summary>
    public static long ArrivalOf(HttpContext http, TimeProvider time) => http.Items[Arrival] as long? ?? time.GetTimestamp();

    /// <summary>Waits for a place, runs the endpoint, and gives the place back when its answer is written.</summary>
    /// <param name="http">The call.</param>
    /// <param name="next">The endpoint.</param>
    /// <param name="patience">How long it may wait.</param>
    /// <param name="busy">The answer where there is no place within that.</param>
    public async ValueTask<object?> PassAsync(HttpContext http, Func<ValueTask<object?>> next, TimeSpan patience, Func<string, IResult> busy)
    {
        http.Items[Arrival] = time.GetTimestamp();
        using var deadline = new Deadline(http, patience, time);
        RateLimitLease lease;
        try
        {
            lease = await limiter.AcquireAsync(1, deadline.Token);
        }
        catch (OperationCanceledException) when (deadline.HasPassed)
        {
            return busy($"{options.MaxCalls} calls are worked on, and this one waited {patience.TotalSeconds:0.#} s; Server:MaxCalls sets the limit.");
        }

        http.Response.RegisterForDispose(lease);
        return lease.IsAcquired
            ? await next()
            : busy($"{options.MaxCalls} calls are worked on and {options.MaxWaiting} wait; Server:MaxCalls and Server:MaxWaiting set the limits.");
    }

    /// <inheritdoc/>
    public void Dispose() => limiter.Dispose();
}

/// <summary>Puts endpoints behind the <see cref="TrainerGate"/>.</summary>
internal static class TrainerGateExtensions
{
    /// <summary>Has calls wait for a place, and answers those that wait too long.</summary>
    /// <param name="builder">The endpoint.</param>
    /// <param name="patience">How long a call may wait; well below what its client waits in all.</param>
    /// <param name="busy">The answer then, of the reason: one on which the client tries again.</param>
    public static RouteHandlerBuilder BehindTrainerGate(this RouteHandlerBuilder builder, TimeSpan patience, Func<string, IResult> busy) =>
        builder.AddEndpointFilter((context, next) =>
            context.HttpContext.RequestServices.GetRequiredService<TrainerGate>().PassAsync(context.HttpContext, () => next(context), patience, busy));
}
