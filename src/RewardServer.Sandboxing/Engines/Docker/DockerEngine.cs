using System.Net.Sockets;
using System.Security.Cryptography;
using Docker.DotNet;
using Docker.DotNet.Models;
using Polly;
using Polly.Retry;
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
    private readonly ResiliencePipeline patient;
    private int slots;

    private DockerEngine(DockerClient client, SandboxOptions options, TimeProvider time, SystemInfoResponse info, ServerFolder? folder, HttpClient? raw)
    {
        (this.client, this.options, this.time, this.folder, this.raw) = (client, options, time, folder, raw);
        mapsIds = info.SecurityOptions?.Any(option => option.Contains("rootless", StringComparison.Ordinal) || option.Contains("userns", StringComparison.Ordinal)) == true;

        // An engine that is restarted is back within seconds; what it refuses for good is no matter of patience.
        patient = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = arguments => ValueTask.FromResult(IsPassing(arguments.Outcome.Exception)),
                MaxRetryAttempts = 6,
                Delay = TimeSpan.FromMilliseconds(200),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
            })
            .Build();
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
                await engine.SweepAsync(cancellation).ConfigureAwait(false);
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
            await client.Images.InspectImageAsync(ImageOf(language.Image), cancellation).ConfigureAwait(false);
            return null;
        }
        catch (DockerImageNotFoundException)
        {
            return new LanguageReport(language.Name, false, null, $"There is no image {ImageOf(language.Image)}.", "sandbox-images/build " + language.Image);
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
            : new SocketTransport(client, options.Docker, SocketPlace.MakeSlot(folder.Folder, number, candidate), HasExactLimits, candidate);
        string? container = null;
        Slot? slot = null;
        Task End(TimeSpan grace) => RemoveAsync(container, transport, ids);
        try
        {
            using var clock = new CancellationTokenSource(StartGrace, time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, clock.Token);
            var parameters = SlotContainer.Of(kind, ImageOf(kind.Image), candidate, options);
            transport.Prepare(parameters);
            container = await patient.ExecuteAsync(
                async token => (await client.Containers.CreateContainerAsync(parameters, token).ConfigureAwait(false)).ID, both.Token).ConfigureAwait(false);
            var stream = await transport.StartAsync(
                container,
                async token => await patient.ExecuteAsync(
                    async again => await client.Containers.StartContainerAsync(container, new ContainerStartParameters(), again).ConfigureAwait(false), token).ConfigureAwait(false),
                both.Token).ConfigureAwait(false);
            slot = new Slot(stream, End, time);
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
        folder?.Dispose();
        raw?.Dispose();
        client.Dispose();
        await ValueTask.CompletedTask.ConfigureAwait(false);
    }

    // A server that is in a container itself sees neither the processes nor the cgroups of others, even as root.
    private bool HasExactLimits => options.Docker.ExactLimits && folder is not null && options.Docker.SocketVolume.Length == 0 && ContainerCgroup.CanBeOpened;

    // What comes of a restart, or of too much at once; what the engine says no to stays so.
    private static bool IsPassing(Exception? failure) => failure switch
    {
        DockerApiException refused => refused.StatusCode is System.Net.HttpStatusCode.ServiceUnavailable or System.Net.HttpStatusCode.BadGateway,
        HttpRequestException or IOException or SocketException or TimeoutException => true,
        _ => false,
    };

    // Where the engine maps ids there are few of them, and they are apart from the host's already.
    private long CandidateOf(long? ids, int number) =>
        mapsIds ? 1000 + (2 * (number % 20_000)) : (ids ?? 0x6800_0000 + (1024L * (HostIds.OwnNumber % 100_000)) + (3 * (number % 340))) + 1;

    private string ImageOf(string name) => $"{options.Docker.ImagePrefix}{name}:{options.Docker.ImageTag}";

    // The agent ends with its stream, and the engine removes the container then; asked for all the same, for one that
    // never ran or does not end. Its ids are not given to another before it is gone.
    private async Task RemoveAsync(string? container, ISlotTransport transport, long? ids)
    {
        transport.Dispose();
        for (var attempt = 0; container is not null && attempt < 100; attempt++)
        {
            try
            {
                await client.Containers.RemoveContainerAsync(container, new ContainerRemoveParameters { Force = true }, CancellationToken.None).ConfigureAwait(false);
                break;
            }
            catch (DockerContainerNotFoundException)
            {
                break;
            }
            catch (DockerApiException busy) when (busy.StatusCode == System.Net.HttpStatusCode.Conflict)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), time).ConfigureAwait(false);
            }
            catch (Exception gone) when (IsPassing(gone))
            {
                // An engine that is down removes it when it is back, or the sweep does: nobody waits for that.
                attempt += 10;
                await Task.Delay(TimeSpan.FromMilliseconds(100), time).ConfigureAwait(false);
            }
        }

        HostIds.Return(ids);
    }

    /// <summary>Removes what servers of this host left that are no more.</summary>
    private async Task SweepAsync(CancellationToken cancellation)
    {
        var ours = await client.Containers.ListContainersAsync(
            new ContainersListParameters
            {
                All = true,
                Filters = new Dictionary<string, IDictionary<string, bool>> { ["label"] = new Dictionary<string, bool> { [$"{SlotContainer.Label}={Host.Name}"] = true } },
            },
            cancellation).ConfigureAwait(false);
        foreach (var dead in ours.Where(one => ProcessIdentity.IsOfDeadServer(one.Labels[SlotContainer.Label + ".server"])))
        {
            try
            {
                await client.Containers.RemoveContainerAsync(dead.ID, new ContainerRemoveParameters { Force = true }, cancellation).ConfigureAwait(false);
            }
            catch (DockerApiException gone) when (gone.StatusCode is System.Net.HttpStatusCode.NotFound or System.Net.HttpStatusCode.Conflict)
            {
                // Another server that starts now was quicker, or it is about to end by itself.
            }
        }
    }
}
