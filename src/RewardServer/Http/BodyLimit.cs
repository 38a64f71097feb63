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
        var own = http.GetEndpoint()?.Metadata.GetMetadata<OwnBodyLimit>();
        var most = own?.Bytes ?? limit;
        if (own is not null)
        {
            http.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = null;
        }

        if (http.Request.ContentLength is not { } length || length <= most)
        {
            await next(http);
            return;
        }

        if (length <= Patience)
        {
            http.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = length;
            await DiscardAsync(http.Request.Body, http.RequestAborted);
        }

        await Problems.TooLarge($"The body has {length} bytes and the server takes {most}; {own?.Setting ?? "Server:MaxRequestMb"} sets the limit.").ExecuteAsync(http);
    }

    /// <summary>Reads a body away, so that its client looks for the answer; not one that is too long for it.</summary>
    internal static async Task DiscardAsync(Stream body, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
        try
        {
            long read = 0;
            while (read <= Patience && await body.ReadAsync(buffer, cancellation) is > 0 and var count)
            {
                // Nothing of it is kept.
                read += count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}

/// <summary>An endpoint whose bodies have a limit of their own, to which it holds itself: it reads them as they come, and keeps none in memory.</summary>
/// <param name="Bytes">The most that it takes.</param>
/// <param name="Setting">The setting that says so.</param>
public sealed record OwnBodyLimit(long Bytes, string Setting);
