using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace RewardServer.Sandboxing.Tests;

/// <summary>Makes an engine's socket reachable by TCP, as on another host; with mutual TLS where a folder of certificates is asked for.</summary>
public sealed class EngineRelay : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Socket, bool> open = new();
    private readonly X509Certificate2? server, authority;
    private readonly string socket;
    private readonly Task accepting;

    /// <param name="endpoint">The engine's, unix://path.</param>
    /// <param name="certificates">Where ca.pem, cert.pem and key.pem for the client are to be written; null for no TLS.</param>
    public EngineRelay(string endpoint, string? certificates = null)
    {
        socket = new Uri(endpoint).AbsolutePath;
        if (certificates is not null)
        {
            (server, authority) = MakeCertificates(certificates);
        }

        listener.Start();
        accepting = AcceptAsync();
    }

    public string Address => $"tcp://{listener.LocalEndpoint}".Replace("127.0.0.1", "localhost", StringComparison.Ordinal);

    /// <summary>Breaks all connections that there are; new ones are taken.</summary>
    public void Cut()
    {
        foreach (var connection in open.Keys)
        {
            connection.Close(0);
        }
    }

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        Cut();
        await accepting;
        server?.Dispose();
        authority?.Dispose();
    }

    private async Task AcceptAsync()
    {
        var passing = new List<Task>();
        try
        {
            while (true)
            {
                passing.Add(PassAsync(await listener.AcceptSocketAsync()));
            }
        }
        // What it throws depends on whether it waited for a connection, or was about to.
        catch (Exception stopped) when (stopped is SocketException or InvalidOperationException)
        {
            Cut();
            await Task.WhenAll(passing);
        }
    }

    private async Task PassAsync(Socket client)
    {
        using var engine = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        open[client] = open[engine] = true;
        try
        {
            await engine.ConnectAsync(new UnixDomainSocketEndPoint(socket));
            await using var there = new NetworkStream(engine);
            await using var here = await SecureAsync(new NetworkStream(client));
            await Task.WhenAny(here.CopyToAsync(there), there.CopyToAsync(here));
        }
        catch (Exception cut) when (cut is IOException or SocketException or ObjectDisposedException or System.Security.Authentication.AuthenticationException)
        {
            // One of the two has gone, or may not come in.
        }
        finally
        {
            client.Dispose();
            open.TryRemove(client, out _);
            open.TryRemove(engine, out _);
        }
    }

    private async Task<Stream> SecureAsync(NetworkStream plain)
    {
        if (server is null)
        {
            return plain;
        }

        var secure = new SslStream(plain);
        await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
        {
            ServerCertificate = server,
            ClientCertificateRequired = true,
            CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { authority! }, RevocationMode = X509RevocationMode.NoCheck },
        });
        return secure;
    }

    private static (X509Certificate2 Server, X509Certificate2 Authority) MakeCertificates(string folder)
    {
        var (from, to) = (TimeProvider.System.GetUtcNow().AddHours(-1), TimeProvider.System.GetUtcNow().AddHours(1));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var root = new CertificateRequest("CN=test authority", key, HashAlgorithmName.SHA256);
        root.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var authority = root.CreateSelfSigned(from, to);
        X509Certificate2 Sign(string name, byte serial)
        {
            var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var request = new CertificateRequest("CN=" + name, own, HashAlgorithmName.SHA256);
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName(name);
            request.CertificateExtensions.Add(names.Build());
            using var signed = request.Create(authority, from, to, [serial]);
            return X509CertificateLoader.LoadPkcs12(signed.CopyWithPrivateKey(own).Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
        }

        using var client = Sign("client", 2);
        File.WriteAllText(Path.Combine(folder, "ca.pem"), authority.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "cert.pem"), client.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "key.pem"), client.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        return (Sign("localhost", 1), authority);
    }
}
