using System.Threading.RateLimiting;
using RewardServer.Hosting;

namespace RewardServer.Compatibility;

/// <summary>
/// Bounds the trainers' calls that are worked on at once, as <see cref="Http.Admission"/> does for /v1: those of each family of protocols by themselves, so
/// that one whose calls are held up, as by a judge that is down, keeps no other waiting. One that has to wait too long gets the answer on which its
/// client tries again, before the client gives up by itself.
/// </summary>
/// <param name="options">Has the bounds.</param>
/// <param name="time">The clock.</param>
internal sealed class TrainerGate(ServerOptions options, TimeProvider time) : IDisposable
{
    private const string Arrival = "RewardServer.Arrival";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.5);

    private readonly PartitionedRateLimiter<string> limiter = PartitionedRateLimiter.Create<string, string>(family => RateLimitPartition.GetConcurrencyLimiter(family, _ => new()
    {
        PermitLimit = options.MaxCalls,
        QueueLimit = options.MaxWaiting,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    }));

    /// <summary>When the call came, as the clock's timestamp; its deadlines count from there.</summary>
    public static long ArrivalOf(HttpContext http, TimeProvider time) => http.Items[Arrival] as long? ?? time.GetTimestamp();

    /// <summary>Takes now for when the call came, where nothing did before.</summary>
    public static void Arrive(HttpContext http, TimeProvider time) => http.Items.TryAdd(Arrival, time.GetTimestamp());

    /// <summary>Waits for a place, does the work, and gives the place back when the call's answer is written.</summary>
    /// <param name="http">The call.</param>
    /// <param name="family">Whose places it is about: the calls of one family share them.</param>
    /// <param name="next">The work.</param>
    /// <param name="patience">How long it may wait.</param>
    /// <param name="busy">The answer where there is no place within that.</param>
    /// <param name="outlastsQueue">Whether it waits on where as many wait as may: for a client that never tries again.</param>
    public async ValueTask<T> PassAsync<T>(
        HttpContext http, string family, Func<ValueTask<T>> next, TimeSpan patience, Func<string, T> busy, bool outlastsQueue = false)
    {
        Arrive(http, time);
        using var deadline = new Deadline(http, patience, time);
        RateLimitLease lease;
        try
        {
            lease = await limiter.AcquireAsync(family, 1, deadline.Token);
            while (outlastsQueue && !lease.IsAcquired)
            {
                lease.Dispose();
                await Task.Delay(Pause, time, deadline.Token);
                lease = await limiter.AcquireAsync(family, 1, deadline.Token);
            }
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
    /// <summary>Has calls wait for a place, and answers those that wait too long. Endpoints whose handlers stand in one namespace are of one family.</summary>
    /// <param name="builder">The endpoint.</param>
    /// <param name="patience">How long a call may wait; well below what its client waits in all.</param>
    /// <param name="busy">The answer then, of the reason: one on which the client tries again.</param>
    public static RouteHandlerBuilder BehindTrainerGate(this RouteHandlerBuilder builder, TimeSpan patience, Func<string, IResult> busy) =>
        builder.AddEndpointFilterFactory((endpoint, next) =>
        {
            var family = endpoint.MethodInfo.DeclaringType!.Namespace!;
            return context => context.HttpContext.RequestServices.GetRequiredService<TrainerGate>()
                .PassAsync<object?>(context.HttpContext, family, () => next(context), patience, busy);
        });
}
