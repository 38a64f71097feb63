using System.Net;
using RewardServer.Hosting;

namespace RewardServer.Http;

/// <summary>
/// Refuses requests whose Host or Origin is not this server's: a page in a browser on this machine must not reach
/// a server that runs code, not even by a name that was rebound to a loopback address.
/// </summary>
/// <param name="next">The rest of the pipeline.</param>
/// <param name="addresses">Where the server listens.</param>
/// <param name="allowed">Further names that are ours.</param>
public sealed class ForeignHeaders(RequestDelegate next, IReadOnlyList<BindingAddress> addresses, IReadOnlyList<string> allowed)
{
    private readonly HashSet<string> names = new(
        [.. addresses.Select(address => address.Host), .. allowed], StringComparer.OrdinalIgnoreCase);

    private readonly bool everywhere = addresses.Any(address => !ListenPolicy.IsLoopback(address));

    /// <summary>Lets a request through, or answers 403 with the header that is foreign.</summary>
    public Task InvokeAsync(HttpContext http)
    {
        var host = http.Request.Host;
        if (!IsOurs(host.Host))
        {
            return Refuse(http, "Host", $"'{host.Value}' is not a name of this server. Server:AllowedHosts adds names.");
        }

        var origin = http.Request.Headers.Origin.ToString();
        // Only a page that this server gave: one of another port on this machine is foreign too.
        return origin.Length == 0 || (Uri.TryCreate(origin, UriKind.Absolute, out var uri)
            && uri.Authority.Equals(host.Value, StringComparison.OrdinalIgnoreCase))
            ? next(http)
            : Refuse(http, "Origin", $"'{origin}' is not the page of the host that was asked.");
    }

    // An address in figures cannot be rebound; a foreign name can. So a server that others may reach takes every
    // figure, its machine's own name and what is configured, and one on loopback only what loopback is called.
    private bool IsOurs(string host) =>
        names.Contains(host)
        || host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var ip) && (everywhere || IPAddress.IsLoopback(ip)))
        || (everywhere && host.Equals(Environment.MachineName, StringComparison.OrdinalIgnoreCase));

    private static Task Refuse(HttpContext http, string header, string reason) =>
        TypedResults.Problem(
            $"The {header} header {reason}",
            statusCode: StatusCodes.Status403Forbidden,
            title: $"Foreign {header}").ExecuteAsync(http);
}
