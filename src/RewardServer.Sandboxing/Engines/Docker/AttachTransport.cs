using System.Net;
using Docker.DotNet.Models;

namespace RewardServer.Sandboxing.Engines.Docker;

/// <summary>
/// The agent is reached over the container's standard input and output, which the engine passes on: it may be on another
/// host, with which this server shares no folder. Nothing is mounted into the container, so the candidate's user has a
/// number of its slot's own but no name: a number that slots shared would make the kernel count their processes together.
/// </summary>
internal sealed class AttachTransport(HttpClient engine) : ISlotTransport
{
    /// <inheritdoc/>
    public void Prepare(CreateContainerParameters container)
    {
        // Once: the engine closes the input when we are gone, and with it the agent ends.
        (container.OpenStdin, container.StdinOnce, container.Tty) = (true, true, false);
        (container.AttachStdin, container.AttachStdout, container.AttachStderr) = (true, true, true);
    }

    /// <inheritdoc/>
    public async Task<Stream> StartAsync(string container, Func<CancellationToken, Task> start, CancellationToken cancellation)
    {
        // Before it starts, or its first words would be lost. The connection becomes that of the streams (Engine API, POST
        // /containers/{id}/attach).
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/containers/{container}/attach?stream=1&stdin=1&stdout=1&stderr=1");
        request.Headers.Connection.Add("Upgrade");
        request.Headers.Upgrade.ParseAdd("tcp");
        var response = await engine.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
        try
        {
            if (response.StatusCode != HttpStatusCode.SwitchingProtocols)
            {
                throw new SlotBrokenException($"The container's streams cannot be attached: {await response.Content.ReadAsStringAsync(cancellation).ConfigureAwait(false)}");
            }

            var streams = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
            await start(cancellation).ConfigureAwait(false);
            return new AttachedStream(streams, response);
        }
        catch
        {
            // Nobody else has the connection yet. What went wrong goes on: the slot is broken, and the run a fault of ours.
            response.Dispose();
            throw;
        }
    }

    /// <summary>Nothing is left to remove: the stream has its owner.</summary>
    public void Dispose()
    {
    }
}
