using System.Globalization;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace RewardServer.Sandboxing.Engines.Docker;

/// <summary>What the engine's events tell of how a container ended.</summary>
internal static class ContainerDeath
{
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(5);

    // A kill may be told just after the death that it brought.
    private static readonly TimeSpan MostForKill = TimeSpan.FromSeconds(0.5);

    /// <summary>
    /// Whether the container's first process, the agent, ended badly of itself: then it may be the doing of the program that
    /// it ran. It is not where somebody killed it through the engine, where it ended with 0, as it does without its server,
    /// where it still runs and only the connection is gone, or where the engine cannot tell.
    /// </summary>
    public static async Task<bool> IsItsOwnAsync(DockerClient client, string container, TimeProvider time)
    {
        using var clock = new CancellationTokenSource(Most, time);
        var (died, killed) = (false, false);
        void Hear(Message told)
        {
            if (told.Action == "kill")
            {
                killed = true;
                clock.Cancel();
            }
            else if (told.Action == "die" && told.Actor?.Attributes?.TryGetValue("exitCode", out var code) == true
                && int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number != 0)
            {
                died = true;
                clock.CancelAfter(MostForKill);
            }
            else
            {
                clock.Cancel();
            }
        }

        try
        {
            // From the first event that the engine remembers on.
            var events = new ContainerEventsParameters
            {
                Since = "1",
                Filters = new Dictionary<string, IDictionary<string, bool>>
                {
                    ["container"] = new Dictionary<string, bool> { [container] = true },
                    ["event"] = new Dictionary<string, bool> { ["kill"] = true, ["die"] = true },
                },
            };
            await client.System.MonitorEventsAsync(events, new AtOnce(Hear), clock.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // All is told that will be.
        }
        catch (Exception gone) when (EnginePatience.IsPassing(gone) || gone is DockerApiException)
        {
            // The engine is away, and its containers with it.
            return false;
        }

        return died && !killed;
    }

    // And not on some thread later, as Progress would.
    private sealed class AtOnce(Action<Message> hear) : IProgress<Message>
    {
        public void Report(Message value) => hear(value);
    }
}
