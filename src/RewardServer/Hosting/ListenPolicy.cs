using System.Net;

namespace RewardServer.Hosting;

/// <summary>Where the server listens, and whether it may: it runs code, so beyond loopback it asks for a key.</summary>
public static class ListenPolicy
{
    /// <summary>Where it listens when nothing says otherwise.</summary>
    public const string DefaultUrls = "http://127.0.0.1:8080";

    /// <summary>Checks a list of addresses, separated by semicolons.</summary>
    /// <returns>The addresses.</returns>
    /// <exception cref="StartException">One is malformed, or is beyond loopback where nothing guards it.</exception>
    public static IReadOnlyList<BindingAddress> Check(string urls, bool hasKey, bool allowAnonymous)
    {
        var errors = new List<string>();
        var addresses = new List<BindingAddress>();
        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (Parse(url) is not { } address)
            {
                errors.Add($"--urls: '{url}' is not an address like {DefaultUrls}");
                continue;
            }

            addresses.Add(address);
            if (!IsLoopback(address) && !hasKey && !allowAnonymous)
            {
                errors.Add($"--urls: {url} can be reached from other machines, and this server runs code. "
                    + "Set an API key (Server__ApiKeys__0=…), or pass --allow-anonymous where the network itself is guarded.");
            }
        }

        if (addresses.Count == 0 && errors.Count == 0)
        {
            errors.Add("--urls: names no address");
        }

        return errors.Count == 0 ? addresses : throw new StartException(errors);
    }

    /// <summary>Whether only this machine can reach the address.</summary>
    public static bool IsLoopback(BindingAddress address) =>
        address.IsUnixPipe
        || address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(address.Host, out var ip) && IPAddress.IsLoopback(ip));

    private static BindingAddress? Parse(string url)
    {
        try
        {
            return BindingAddress.Parse(url) is { Scheme: "http" or "https", PathBase: "", Port: >= 0 and <= 65535 } address
                && (address.IsUnixPipe || address.Host.StartsWith('[') || !address.Host.Contains(':', StringComparison.Ordinal))
                ? address
                : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
