using System.CommandLine;
using System.Net.Sockets;
using RewardServer.Hosting;

namespace RewardServer.Cli;

/// <summary>
/// <c>health</c>: asks the server that has the same settings whether it answers, for a container's health check: there
/// need be no other program that can ask.
/// </summary>
internal static class HealthCommand
{
    // Docker's own patience, which the image sets, is longer.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    private static readonly Option<string?> Urls = new("--urls")
    {
        Description = $"Where the server listens, as it was told; the first is asked (default: the configuration's, else {ListenPolicy.DefaultUrls}).",
        HelpName = "URLS",
    };

    public static Command Create()
    {
        var command = new Command("health", "Asks GET /healthz of the server that runs with the same settings. Exit code 0 where it answers, else 1.") { Urls };
        command.SetAction((parsed, cancellation) => AskAsync(parsed.GetValue(Urls) ?? Configured(), cancellation));
        return command;
    }

    /// <summary>Where a server that listens at an address can be asked from the same machine.</summary>
    /// <param name="address">As it was checked by <see cref="ListenPolicy"/>.</param>
    private static Uri Reached(BindingAddress address)
    {
        var host = address switch
        {
            { IsUnixPipe: true } => "localhost",
            { Host: "0.0.0.0" or "*" or "+" } => "127.0.0.1",
            { Host: "[::]" } => "[::1]",
            _ => address.Host,
        };
        return new UriBuilder(address.Scheme, host, address.IsUnixPipe ? -1 : address.Port, "/healthz").Uri;
    }

    // In the order in which the server reads them.
    private static string Configured() => new ConfigurationBuilder()
        .AddEnvironmentVariables("ASPNETCORE_")
        .AddEnvironmentVariables("DOTNET_")
        .AddJsonFile(Path.GetFullPath("appsettings.json"), optional: true)
        .AddEnvironmentVariables()
        .Build()["urls"] ?? ListenPolicy.DefaultUrls;

    private static async Task<int> AskAsync(string urls, CancellationToken cancellation)
    {
        var address = ListenPolicy.Check(urls, hasKey: true, allowAnonymous: true)[0];
        using var handler = new SocketsHttpHandler { UseProxy = false };
        if (address.IsUnixPipe)
        {
            handler.ConnectCallback = (_, token) => ConnectAsync(address.UnixPipePath, token);
        }

        // Whether the server answers is asked, not who it is: its certificate bears another name than a loopback address.
#pragma warning disable CA5359
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        using var client = new HttpClient(handler) { Timeout = Patience };
        var asked = Reached(address);
        try
        {
            using var response = await client.GetAsync(asked, cancellation);
            Console.WriteLine($"{asked}: {(int)response.StatusCode}");
            return response.IsSuccessStatusCode ? 0 : 1;
        }
        catch (HttpRequestException silent)
        {
            await Console.Error.WriteLineAsync($"rewardserver: {asked}: {silent.Message}");
            return 1;
        }
        catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync($"rewardserver: {asked}: no answer within {Patience.TotalSeconds} s");
            return 1;
        }
    }

    private static async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            // Nobody else has the socket yet; what went wrong goes on.
            socket.Dispose();
            throw;
        }
    }
}
