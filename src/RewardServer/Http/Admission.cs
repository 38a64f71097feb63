using System.Globalization;
using System.Threading.RateLimiting;
using RewardServer.Hosting;

namespace RewardServer.Http;

/// <summary>Bounds the calls that are worked on and that wait; one too many is answered 429, for its client to come back.</summary>
public static class Admission
{
    /// <summary>The policy that grading calls stand under.</summary>
    public const string Policy = "grading";

    private const int RetryAfterSeconds = 1;

    /// <summary>Adds the policy.</summary>
    public static void AddAdmission(this IServiceCollection services, ServerOptions options) =>
        services.AddRateLimiter(limiter =>
        {
            limiter.AddPolicy(Policy, _ => RateLimitPartition.GetConcurrencyLimiter(Policy, _ => new()
            {
                PermitLimit = options.MaxCalls,
                QueueLimit = options.MaxWaiting,
                QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
            }));
            limiter.OnRejected = async (context, _) =>
            {
                context.HttpContext.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
                await TypedResults.Problem(
                    $"{options.MaxCalls} calls are worked on and {options.MaxWaiting} wait; Server:MaxCalls and Server:MaxWaiting set the limits.",
                    statusCode: StatusCodes.Status429TooManyRequests,
                    title: "Too many calls; try again").ExecuteAsync(context.HttpContext);
            };
        });
}
