using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Docker.DotNet;
using Docker.DotNet.NativeHttp;

namespace RewardServer.Sandboxing.Engines.Docker;

/// <summary>Where a container engine is looked for, and a client for it.</summary>
internal static class DockerAddress
{
    /// <summary>The one that was asked for, or the first that is there.</summary>
    /// <returns>Null where none is.</returns>
    public static Uri? Find(DockerOptions options)
    {
        if (options.Endpoint.Length > 0)
        {
            return new Uri(options.Endpoint);
        }

        if (Uri.TryCreate(Environment.GetEnvironmentVariable("DOCKER_HOST"), UriKind.Absolute, out var named))
        {
            return named;
        }

        var runtime = Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR");
        string[] usual = ["/var/run/docker.sock", "/run/podman/podman.sock", .. runtime is null ? Array.Empty<string>() : [$"{runtime}/docker.sock", $"{runtime}/podman/podman.sock"]];
        return usual.FirstOrDefault(File.Exists) is { } path ? new Uri("unix://" + path) : null;
    }

    /// <summary>A client that speaks the engine's own newest version of the API.</summary>
    public static DockerClient Connect(Uri address, DockerOptions options)
    {
        var builder = new DockerClientBuilder().WithEndpoint(address).WithTimeout(TimeSpan.FromSeconds(60));
        if (address.Scheme != "tcp")
        {
            return builder.Build();
        }

        // The library's own transport for TCP fails to send bodies of requests now and then.
        builder = builder.WithTransportOptions(new NativeHttpTransportOptions());
        return (CertificatesOf(options) is { } folder ? builder.WithAuthProvider(new TlsFiles(folder)) : builder).Build();
    }

    /// <summary>For calls that the library's client has, but not in both directions at once: those that become a container's streams.</summary>
    public static HttpClient ConnectRaw(Uri address, DockerOptions options)
    {
        var handler = new SocketsHttpHandler();
        var scheme = "http";
        if (address.Scheme == "unix")
        {
            handler.ConnectCallback = async (_, cancellation) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                try
                {
                    await socket.ConnectAsync(new UnixDomainSocketEndPoint(address.AbsolutePath), cancellation).ConfigureAwait(false);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    // Nobody else has the socket yet; what went wrong goes on.
                    socket.Dispose();
                    throw;
                }
            };
        }
        else if (CertificatesOf(options) is { } folder)
        {
            new TlsFiles(folder).ConfigureHandler(handler);
            scheme = "https";
        }

        return new HttpClient(handler) { BaseAddress = new Uri(address.Scheme == "unix" ? "http://engine" : $"{scheme}://{address.Authority}"), Timeout = Timeout.InfiniteTimeSpan };
    }

    private static string? CertificatesOf(DockerOptions options) =>
        options.Certificates.Length > 0 ? options.Certificates : Environment.GetEnvironmentVariable("DOCKER_CERT_PATH") is { Length: > 0 } named ? named : null;

    /// <summary>Mutual TLS with the three files that Docker's own client reads.</summary>
    private sealed class TlsFiles(string folder) : global::Docker.DotNet.Handler.Abstractions.IAuthProvider
    {
        public bool TlsEnabled => true;

        public HttpMessageHandler ConfigureHandler(HttpMessageHandler handler)
        {
            var own = X509Certificate2.CreateFromPemFile(Path.Combine(folder, "cert.pem"), Path.Combine(folder, "key.pem"));
            var authority = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(folder, "ca.pem"));
            var sockets = handler as SocketsHttpHandler ?? throw new InvalidOperationException("TLS needs the library's own HTTP transport.");
            sockets.SslOptions.ClientCertificates = [own];
            sockets.SslOptions.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { authority },
                RevocationMode = X509RevocationMode.NoCheck,
            };
            return handler;
        }
    }
}
