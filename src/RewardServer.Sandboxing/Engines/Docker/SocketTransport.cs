using System.Globalization;
using System.Net.Sockets;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace RewardServer.Sandboxing.Engines.Docker;

/// <summary>The agent connects to a unix socket of this server, in a folder or volume that its container mounts.</summary>
internal sealed class SocketTransport : ISlotTransport
{
    private readonly DockerClient client;
    private readonly DockerOptions options;
    private readonly SlotPlace place;
    private readonly bool exact;
    private readonly long candidate;
    private Socket? listener;

    /// <param name="client">Of the engine.</param>
    /// <param name="options">Where sockets are made.</param>
    /// <param name="place">The slot's folder.</param>
    /// <param name="exact">Whether the agent is to be given the files of its cgroup.</param>
    /// <param name="candidate">The candidate's id, by which the agent's process is told from others.</param>
    public SocketTransport(DockerClient client, DockerOptions options, SlotPlace place, bool exact, long candidate)
    {
        (this.client, this.options, this.place, this.exact, this.candidate) = (client, options, place, exact, candidate);
    }

    /// <inheritdoc/>
    public void Prepare(CreateContainerParameters container)
    {
        listener = place.Listen(candidate);
        var inVolume = options.SocketVolume.Length > 0;
        var source = inVolume ? options.SocketVolume : place.Folder;
        container.Cmd!.Add("socket=" + SlotContainer.SocketFolder + (inVolume ? place.PathBelow(options.SocketFolder) : "/socket"));
        container.HostConfig!.Binds =
        [
            source + ":" + SlotContainer.SocketFolder + ":ro",
            .. inVolume ? [] : new[] { source + "/passwd:/etc/passwd:ro", source + "/group:/etc/group:ro" },
        ];
    }

    /// <inheritdoc/>
    public async Task<Stream> StartAsync(string container, Func<CancellationToken, Task> start, CancellationToken cancellation)
    {
        await start(cancellation).ConfigureAwait(false);
        var socket = await AcceptAsync(listener!, container, cancellation).ConfigureAwait(false);

        // Once is enough, and with it the socket goes from the folder that the slot sees.
        listener!.Dispose();
        try
        {
            var state = await client.Containers.InspectContainerAsync(container, cancellation).ConfigureAwait(false);
            ContainerCgroup.Send(socket, exact ? state.State?.Pid ?? 0 : 0, string.Create(CultureInfo.InvariantCulture, $"candidate-id={candidate}"));
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            // Nobody else has the socket yet. What went wrong goes on: the slot is broken, and the run a fault of ours.
            socket.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        listener?.Dispose();
        place.Remove();
    }

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
}
