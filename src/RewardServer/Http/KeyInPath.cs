namespace RewardServer.Http;

/// <summary>
/// Takes the API key from the URL of a client that can set no header: <c>/key/KEY/get_reward</c> is <c>/get_reward</c> with that
/// key. It stands before routing, and does the same where no key is asked for.
/// </summary>
/// <param name="next">The rest of the pipeline.</param>
public sealed class KeyInPath(RequestDelegate next)
{
    private const string Prefix = "/key";

    /// <summary>Takes the key, where there is one.</summary>
    public Task InvokeAsync(HttpContext http)
    {
        if (http.Request.Path.StartsWithSegments(Prefix, StringComparison.Ordinal, out var rest)
            && rest.Value is { Length: > 1 } path && path.IndexOf('/', 1) is > 1 and var end)
        {
            http.Request.Headers["X-API-Key"] = path[1..end];
            http.Request.Headers.Remove("Authorization");
            http.Request.Headers.Remove("XRL-Authorization");
            http.Request.Path = path[end..];
        }

        return next(http);
    }
}
