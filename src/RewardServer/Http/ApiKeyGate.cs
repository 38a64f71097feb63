using System.Security.Cryptography;
using System.Text;

namespace RewardServer.Http;

/// <summary>Asks every request for one of the configured keys, but for probes and the description of the API.</summary>
/// <param name="next">The rest of the pipeline.</param>
/// <param name="keys">The keys; at least one.</param>
public sealed class ApiKeyGate(RequestDelegate next, IReadOnlyList<string> keys)
{
    private static readonly PathString[] Open = ["/healthz", "/readyz", "/openapi", "/docs"];
    private readonly byte[][] hashes = [.. keys.Select(Hash)];

    /// <summary>Lets a request through, or answers 401.</summary>
    public Task InvokeAsync(HttpContext http)
    {
        if (Open.Any(path => http.Request.Path.StartsWithSegments(path)) || (Key(http.Request) is { } key && Knows(key)))
        {
            return next(http);
        }

        http.Response.Headers.WWWAuthenticate = "Bearer";
        return TypedResults.Problem(
            "Send one of the server's keys as 'Authorization: Bearer KEY' or 'X-API-Key: KEY', or in the path: /key/KEY/…",
            statusCode: StatusCodes.Status401Unauthorized,
            title: "No valid API key").ExecuteAsync(http);
    }

    private static string? Key(HttpRequest request)
    {
        const string Bearer = "Bearer ";
        // ROLL's clients have a header of their own.
        var authorization = request.Headers.Authorization is [{ Length: > 0 } usual, ..] ? usual : request.Headers["XRL-Authorization"].ToString();
        return authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? authorization[Bearer.Length..].Trim()
            : request.Headers["X-API-Key"].FirstOrDefault();
    }

    // Hashes of equal length, all compared in full: the time taken tells nothing of a key.
    private bool Knows(string key)
    {
        var hash = Hash(key);
        return hashes.Aggregate(false, (known, other) => known | CryptographicOperations.FixedTimeEquals(hash, other));
    }

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
