using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using Docker.DotNet;
using Docker.DotNet.Models;
using RewardServer.Sandboxing.Languages;

namespace RewardServer.Sandboxing.Engines.Docker;

/// <summary>
/// Slots are long-lived containers of Docker, or of Podman through the same API. The engine is asked only when slots are
/// made and removed; runs go to the agent, the container's first process, over a unix socket, or from another host over
/// its standard streams.
/// </summary>
internal sealed class DockerEngine : ISlotEngine
{
    private static readonly TimeSpan StartGrace = TimeSpan.FromSeconds(40);

    private readonly DockerClient client;
    private readonly SandboxOptions options;
    private readonly TimeProvider time;
    private readonly bool mapsIds;
    // Sockets of slots are made in the folder; without one slots are attached to, by calls of the other client.
    private readonly ServerFolder? folder;
    private readonly HttpClient? raw;
    private readonly string name;
    private readonly EnginePatience patience;
    private readonly ContainerRemoval removal;
    private int slots;

    private DockerEngine(DockerClient client, SandboxOptions options, TimeProvider time, SystemInfoResponse info, ServerFolder? folder, HttpClient? raw)
    {
        (this.client, this.options, this.time, this.folder, this.raw) = (client, options, time, folder, raw);
        mapsIds = info.SecurityOptions?.Any(option => option.Contains("rootless", StringComparison.Ordinal) || option.Contains("userns", StringComparison.Ordinal)) == true;
        (patience, removal) = (new EnginePatience(time), new ContainerRemoval(client, time));
        name = folder?.Folder.Name ?? ProcessIdentity.Own.NamePrefix + Path.GetRandomFileName()[..8];
        Description = $"{info.ServerVersion}, {(HasExactLimits ? "limits by cgroup" : "limits by memory class and watching")}"
            + (folder is null ? ", attached" : "")
            + (mapsIds ? ", user ids mapped" : "");
    }

    /// <inheritdoc/>
    public string Name => "docker";

    /// <inheritdoc/>
    public string Description { get; }

    /// <summary>Looks for an engine that answers and has images of ours.</summary>
    /// <returns>The engine, or a report of why there is none.</returns>
    public static async Task<(ISlotEngine? Engine, EngineReport? Refusal)> FindAsync(SandboxOptions options, TimeProvider time, CancellationToken cancellation)
    {
        if (DockerAddress.Find(options.Docker) is not { } address)
        {
            return (null, EngineRefusal.Of("There is no socket of Docker or Podman.", "apt-get install docker.io, or set Sandbox:Docker:Endpoint"));
        }

        DockerClient? client = null;
        try
        {
            client = DockerAddress.Connect(address, options.Docker);
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            patience.CancelAfter(TimeSpan.FromSeconds(5));
            var info = await client.System.GetSystemInfoAsync(patience.Token).ConfigureAwait(false);
            var images = await client.Images.ListImagesAsync(new ImagesListParameters(), patience.Token).ConfigureAwait(false);
            if (!images.Any(image => image.RepoTags?.Any(tag => tag.StartsWith(options.Docker.ImagePrefix, StringComparison.Ordinal)) == true))
            {
                client.Dispose();
                return (null, EngineRefusal.Of($"The engine at {address} has no images of {options.Docker.ImagePrefix}*.", "sandbox-images/build"));
            }

            var attaches = options.Docker.Transport == "attach" || (options.Docker.Transport == "auto" && address.Scheme == "tcp");
            var (folder, refusal) = attaches ? (null, null) : ServerFolder.Make(options.Docker);
            if (folder is null && !attaches)
            {
                client.Dispose();
                return (null, refusal);
            }

            var engine = new DockerEngine(client, options, time, info, folder, attaches ? DockerAddress.ConnectRaw(address, options.Docker) : null);
            try
            {
                await engine.removal.SweepDeadAsync(cancellation).ConfigureAwait(false);
                return (engine, null);
            }
            catch
            {
                // Nobody else has the engine yet; what went wrong goes on.
                await engine.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        }
        catch (Exception unreachable) when (!cancellation.IsCancellationRequested
            && unreachable is HttpRequestException or IOException or SocketException or DockerApiException or OperationCanceledException or TimeoutException
                or UnauthorizedAccessException or CryptographicException)
        {
            client?.Dispose();
            return (null, EngineRefusal.Of(
                $"The engine at {address} does not answer: {unreachable.GetBaseException().Message}",
                address.Scheme == "tcp" ? "See that it listens there, and that Sandbox:Docker:Certificates has the ca.pem, cert.pem and key.pem that it asks for."
                    : "Start it, or let this server's user reach its socket (group docker)."));
        }
    }

    /// <inheritdoc/>
    public SlotKind KindFor(Language language, Resident? resident, int memoryMb) => new(
        language.Image,
        resident,
        HasExactLimits ? SlotKind.MemoryClasses[^1] : SlotKind.MemoryClasses.First(size => size >= memoryMb));

    /// <inheritdoc/>
    public async Task<LanguageReport?> FindMissingAsync(Language language, CancellationToken cancellation)
    {
        try
        {
            await patience.AskAsync(token => client.Images.InspectImageAsync(ImageOf(language.Image), token), cancellation).ConfigureAwait(false);
            return null;
        }
        catch (DockerImageNotFoundException)
        {
            return new LanguageReport(language.Name, false, null, $"There is no image {ImageOf(language.Image)}.", "sandbox-images/build " + language.Image);
        }
        catch (Exception failure) when (failure is DockerApiException || EnginePatience.IsPassing(failure))
        {
            throw new SlotBrokenException("The container engine failed: " + failure.Message, failure);
        }
    }

    /// <inheritdoc/>
    public async Task<Slot> CreateSlotAsync(SlotKind kind, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var number = Interlocked.Increment(ref slots);
        var ids = !mapsIds && HostIds.Available ? HostIds.Take() ?? throw new SlotBrokenException("All user ids for slots are taken.") : (long?)null;
        var candidate = CandidateOf(ids, number);
        ISlotTransport transport = folder is null
            ? new AttachTransport(raw!)
            : new SocketTransport(client, options.Docker, new SlotPlace(Path.Combine(folder.Folder.FullName, number.ToString(CultureInfo.InvariantCulture))), HasExactLimits, candidate);
        string? container = null;
        Slot? slot = null;
        Task End(TimeSpan grace) => EndAsync(container, transport, ids);
        try
        {
            using var clock = new CancellationTokenSource(StartGrace, time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, clock.Token);
            var parameters = SlotContainer.Of(kind, ImageOf(kind.Image), candidate, name, options);
            transport.Prepare(parameters);
            var id = container = (await patience.AskAsync(token => client.Containers.CreateContainerAsync(parameters, token), both.Token).ConfigureAwait(false)).ID;
            var stream = await transport.StartAsync(
                id,
                token => patience.AskAsync(again => client.Containers.StartContainerAsync(id, new ContainerStartParameters(), again), token),
                both.Token).ConfigureAwait(false);
            slot = new Slot(stream, End, time, () => ContainerDeath.IsItsOwnAsync(client, id, time));
            await slot.AwaitHelloAsync(both.Token).ConfigureAwait(false);
            return slot;
        }
        catch (Exception failure)
        {
            // The client's library throws much, and no candidate has run: whatever it is, the slot is broken and the run a fault of ours.
            await (slot is null ? End(TimeSpan.Zero) : slot.DisposeAsync().AsTask()).ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
            throw failure as SlotBrokenException ?? new SlotBrokenException(failure switch
            {
                DockerImageNotFoundException => $"There is no image {ImageOf(kind.Image)}; build it: sandbox-images/build {kind.Image}",
                OperationCanceledException => "The container did not start in time.",
                _ => "The container engine failed: " + failure.Message,
            }, failure);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await removal.SweepOwnAsync(name).ConfigureAwait(false);
        folder?.Dispose();
        raw?.Dispose();
        client.Dispose();
    }

    // A server that is in a container itself sees neither the processes nor the cgroups of others, even as root.
    private bool HasExactLimits => options.Docker.ExactLimits && folder is not null && options.Docker.SocketVolume.Length == 0 && ContainerCgroup.CanBeOpened;

    // Where the engine maps ids there are few of them, and they are apart from the host's already.
    private long CandidateOf(long? ids, int number) =>
        mapsIds ? 1000 + (2 * (number % 20_000)) : (ids ?? 0x6800_0000 + (1024L * (HostIds.OwnNumber % 100_000)) + (3 * (number % 340))) + 1;

    private string ImageOf(string name) => $"{options.Docker.ImagePrefix}{name}:{options.Docker.ImageTag}";

    // The agent ends with its stream, and the engine removes the container then; asked for all the same, for one that
    // never ran or does not end. Its ids are not given to another before it is gone.
    private async Task EndAsync(string? container, ISlotTransport transport, long? ids)
    {
        transport.Dispose();
        if (container is not null)
        {
            await removal.RemoveAsync(container).ConfigureAwait(false);
        }

        HostIds.Return(ids);
    }
}
