using System.Buffers;
using Microsoft.AspNetCore.Http.Features;

namespace RewardServer.Http;

/// <summary>
/// Answers a body that is declared larger than the limit with 413 after reading it away: most clients send all of a
/// body before they look for an answer, and would see a broken connection where the server just closed it.
/// </summary>
/// <param name="next">The rest of the pipeline.</param>
/// <param name="limit">The largest body, in bytes; the server itself cuts off those that do not declare their length.</param>
public sealed class BodyLimit(RequestDelegate next, long limit)
{
    // A body beyond this is not worth its reading: its connection is closed.
    private const long Patience = 512L << 20;

    /// <summary>Lets a request through, or answers 413.</summary>
    public async Task InvokeAsync(HttpContext http)
    {
        if (http.Request.ContentLength is not { } length || length <= limit)
        {
            await next(http);
            return;
        }

        if (length <= Patience)
        {
            http.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = length;
            await DiscardAsync(http.Request.Body, http.RequestAborted);
        }

        await Problems.TooLarge($"The body has {length} bytes and the server takes {limit}; Server:MaxRequestMb sets the limit.").ExecuteAsync(http);
    }

    private static async Task DiscardAsync(Stream body, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
        try
        {
            while (await body.ReadAsync(buffer, cancellation) > 0)
            {
                // Nothing of it is kept.
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
