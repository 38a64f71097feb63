using Docker.DotNet;
using Docker.DotNet.Models;

namespace RewardServer.Sandboxing.Engines.Docker;

/// <summary>How containers end: one by one with their slots, and by label what was missed.</summary>
internal sealed class ContainerRemoval(DockerClient client, TimeProvider time)
{
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan MostWithoutEngine = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Removes a container, whether or not it runs or is there at all. What cannot be removed within seconds, for want of an
    /// engine or by its refusal, is left to the engine, which removes what has ended, or to the next sweep.
    /// </summary>
    public async Task RemoveAsync(string container)
    {
        using var clock = new CancellationTokenSource(Most, time);
        var begin = time.GetTimestamp();
        while (!clock.IsCancellationRequested)
        {
            try
            {
                await client.Containers.RemoveContainerAsync(container, new ContainerRemoveParameters { Force = true }, clock.Token).ConfigureAwait(false);
                return;
            }
            catch (DockerContainerNotFoundException)
            {
                return;
            }
            catch (DockerApiException)
            {
                // It ends just now, or its files are still in use.
                await Task.Delay(TimeSpan.FromMilliseconds(20), time).ConfigureAwait(false);
            }
            catch (Exception gone) when (EnginePatience.IsPassing(gone))
            {
                if (time.GetElapsedTime(begin) > MostWithoutEngine)
                {
                    return;
                }

                await Task.Delay(TimeSpan.FromMilliseconds(100), time).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    /// <summary>Removes what servers of this host left that are no more.</summary>
    public async Task SweepDeadAsync(CancellationToken cancellation)
    {
        var ours = await ListAsync($"{SlotContainer.Label}={Host.Name}", cancellation).ConfigureAwait(false);
        await RemoveAllAsync(ours.Where(one => ProcessIdentity.IsOfDeadServer(one.Labels[SlotContainer.ServerLabel]))).ConfigureAwait(false);
    }

    /// <summary>
    /// Removes what is left of a pool when it closes: containers that were made while the answer of the engine was lost,
    /// or that could not be removed while it was away.
    /// </summary>
    /// <param name="server">The pool's name in the label.</param>
    public async Task SweepOwnAsync(string server)
    {
        using var clock = new CancellationTokenSource(Most, time);
        try
        {
            await RemoveAllAsync(await ListAsync($"{SlotContainer.ServerLabel}={server}", clock.Token).ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (Exception gone) when (EnginePatience.IsPassing(gone) || gone is DockerApiException or OperationCanceledException)
        {
            // Without an engine nothing can be removed now: the sweep of the next start does it.
        }
    }

    private async Task RemoveAllAsync(IEnumerable<ContainerListResponse> containers)
    {
        foreach (var one in containers)
        {
            await RemoveAsync(one.ID).ConfigureAwait(false);
        }
    }

    private Task<IList<ContainerListResponse>> ListAsync(string label, CancellationToken cancellation) => client.Containers.ListContainersAsync(
        new ContainersListParameters
        {
            All = true,
            Filters = new Dictionary<string, IDictionary<string, bool>> { ["label"] = new Dictionary<string, bool> { [label] = true } },
        },
        cancellation);
}
