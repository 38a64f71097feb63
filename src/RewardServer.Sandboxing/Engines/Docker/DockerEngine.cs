using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using Docker.DotNet;
using Docker.DotNet.Models;
using RewardServer.Sandboxing.Languages;

namespace RewardServer.Sandboxing.Engines.Docker;

/// <summary>
/// Slots are long-lived containers of Docker, or of Podman through the same API. The engine is asked only when slots are
/// made and removed; runs go to the agent, the container's first process, over a unix socket.
/// </summary>
internal sealed class DockerEngine : ISlotEngine
{
    private static readonly TimeSpan StartGrace = TimeSpan.FromSeconds(40);

    private readonly DockerClient client;
    private readonly SandboxOptions options;
    private readonly TimeProvider time;
    private readonly bool mapsIds;
    private readonly ServerFolder folder;
    private readonly EnginePatience patience;
    private readonly ContainerRemoval removal;
    private int slots;

    private DockerEngine(DockerClient client, SandboxOptions options, TimeProvider time, SystemInfoResponse info, ServerFolder folder)
    {
        (this.client, this.options, this.time, this.folder) = (client, options, time, folder);
        mapsIds = info.SecurityOptions?.Any(option => option.Contains("rootless", StringComparison.Ordinal) || option.Contains("userns", StringComparison.Ordinal)) == true;
        (patience, removal) = (new EnginePatience(time), new ContainerRemoval(client, time));
        Description = $"{info.ServerVersion}, {(HasExactLimits ? "limits by cgroup" : "limits by memory class and watching")}"
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

            var (folder, refusal) = ServerFolder.Make(options.Docker);
            if (folder is null)
            {
                client.Dispose();
                return (null, refusal);
            }

            var engine = new DockerEngine(client, options, time, info, folder);
            try
            {
                await engine.removal.SweepDeadAsync(cancellation).ConfigureAwait(false);
                return (engine, null);
            }
            catch
            {
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
        var place = new SlotPlace(Path.Combine(folder.Folder.FullName, number.ToString(CultureInfo.InvariantCulture)));
        string? container = null;
        Slot? slot = null;
        Task End(TimeSpan grace) => EndAsync(container, place, ids);
        try
        {
            using var listener = place.Listen(candidate);
            using var clock = new CancellationTokenSource(StartGrace, time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, clock.Token);
            var inVolume = options.Docker.SocketVolume.Length > 0;
            var parameters = SlotContainer.Of(
                kind,
                ImageOf(kind.Image),
                candidate,
                inVolume ? options.Docker.SocketVolume : place.Folder,
                SlotContainer.SocketFolder + (inVolume ? place.PathBelow(options.Docker.SocketFolder) : "/socket"),
                !inVolume,
                folder.Folder.Name,
                options);
            var id = container = (await patience.AskAsync(token => client.Containers.CreateContainerAsync(parameters, token), both.Token).ConfigureAwait(false)).ID;
            await patience.AskAsync(token => client.Containers.StartContainerAsync(id, new ContainerStartParameters(), token), both.Token).ConfigureAwait(false);
            var socket = await AcceptAsync(listener, container, both.Token).ConfigureAwait(false);
            slot = new Slot(new NetworkStream(socket, ownsSocket: true), End, time, () => removal.WasKilledAsync(id));
            var state = await client.Containers.InspectContainerAsync(container, both.Token).ConfigureAwait(false);
            ContainerCgroup.Send(socket, HasExactLimits ? state.State?.Pid ?? 0 : 0, string.Create(CultureInfo.InvariantCulture, $"candidate-id={candidate}"));
            await slot.AwaitHelloAsync(both.Token).ConfigureAwait(false);
            return slot;
        }
        catch (Exception failure)
        {
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
        await removal.SweepOwnAsync(folder.Folder.Name).ConfigureAwait(false);
        folder.Dispose();
        client.Dispose();
    }

    // A server that is in a container itself sees neither the processes nor the cgroups of others, even as root.
    private bool HasExactLimits => options.Docker.ExactLimits && options.Docker.SocketVolume.Length == 0 && ContainerCgroup.CanBeOpened;

    // Where the engine maps ids there are few of them, and they are apart from the host's already.
    private long CandidateOf(long? ids, int number) =>
        mapsIds ? 1000 + (2 * (number % 20_000)) : (ids ?? 0x6800_0000 + (1024L * (HostIds.OwnNumber % 100_000)) + (3 * (number % 340))) + 1;

    private string ImageOf(string name) => $"{options.Docker.ImagePrefix}{name}:{options.Docker.ImageTag}";

    private async Task<Socket> AcceptAsync(Socket listener, string container, CancellationToken cancellation)
    {
        using var race = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var connected = listener.AcceptAsync(race.Token).AsTask();
        var ended = client.Containers.WaitContainerAsync(container, race.Token);
        await Task.WhenAny(connected, ended).ConfigureAwait(false);
        if (!connected.IsCompleted && ended.IsCompletedSuccessfully)
        {
            await race.CancelAsync().ConfigureAwait(false);
            throw new SlotBrokenException($"The container ended with code {ended.Result.StatusCode} before its agent could say why.");
        }

        var socket = await connected.ConfigureAwait(false);
        await race.CancelAsync().ConfigureAwait(false);
        _ = ended.ContinueWith(task => task.Exception, TaskScheduler.Default);
        return socket;
    }

    // The agent ends with its socket, and the engine removes the container then; asked for all the same, for one that
    // never ran or does not end. Its ids are not given to another before it is gone.
    private async Task EndAsync(string? container, SlotPlace place, long? ids)
    {
        place.Remove();
        if (container is not null)
        {
            await removal.RemoveAsync(container).ConfigureAwait(false);
        }

        HostIds.Return(ids);
    }
}
