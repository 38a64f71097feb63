using System.Reflection;

namespace RewardServer.Sandboxing;

/// <summary>How the container engine is reached (section "Sandbox:Docker" of the configuration).</summary>
public sealed record DockerOptions
{
    // Without the commit that it was built of.
    private static readonly string Version = typeof(DockerOptions).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>
    /// Its address: unix:///path, or tcp://host:port with TLS. Empty for DOCKER_HOST, else the first socket that is there
    /// of Docker's and Podman's usual places.
    /// </summary>
    public string Endpoint { get; init; } = "";

    /// <summary>For tcp: a folder with ca.pem, cert.pem and key.pem, as DOCKER_CERT_PATH names it. Empty for that variable's.</summary>
    public string Certificates { get; init; } = "";

    /// <summary>What the names of the images begin with: "rewardserver/" makes "rewardserver/python".</summary>
    public string ImagePrefix { get; init; } = "rewardserver/";

    /// <summary>The tag of the images; that of this build's version where nothing is said, as sandbox-images/build gives it.</summary>
    public string ImageTag { get; init; } = Version;

    /// <summary>
    /// A folder in which the sockets of slots are made, that this server and the engine's host see under the same path.
    /// Empty for one in the temporary folder.
    /// </summary>
    public string SocketFolder { get; init; } = "";

    /// <summary>
    /// A named volume of the engine that is mounted at <see cref="SocketFolder"/> in this server's own container; then the
    /// slots get their sockets through it. Empty where the server is not in a container.
    /// </summary>
    public string SocketVolume { get; init; } = "";

    /// <summary>
    /// Whether the limits of runs are set in the cgroups of their containers, where this server is root on the engine's
    /// host and not in a container (<see cref="SocketVolume"/>). Where not, slots come in classes of memory, and lower
    /// limits are watched.
    /// </summary>
    public bool ExactLimits { get; init; } = true;

    /// <summary>
    /// How slots are reached: "socket", by unix sockets in a folder that the engine's host shares with this server;
    /// "attach", over the containers' standard streams, which the engine passes on from whatever host; or "auto", attach
    /// for an engine that is itself reached by TCP, and socket else.
    /// </summary>
    public string Transport { get; init; } = "auto";

    /// <summary>Everything that is wrong with these settings, each beginning with the setting's name.</summary>
    public IEnumerable<string> Errors()
    {
        if (Endpoint.Length > 0 && !(Uri.TryCreate(Endpoint, UriKind.Absolute, out var uri) && uri.Scheme is "unix" or "tcp"))
        {
            yield return $"Endpoint: must be like unix:///run/docker.sock or tcp://host:2376, but is '{Endpoint}'";
        }

        if (Transport is not ("auto" or "socket" or "attach"))
        {
            yield return $"Transport: must be auto, socket or attach, but is '{Transport}'";
        }

        if (SocketVolume.Length > 0 && SocketFolder.Length == 0)
        {
            yield return "SocketFolder: must name the folder at which SocketVolume is mounted here";
        }
    }
}
