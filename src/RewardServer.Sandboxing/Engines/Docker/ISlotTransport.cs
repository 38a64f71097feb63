using Docker.DotNet.Models;

namespace RewardServer.Sandboxing.Engines.Docker;

/// <summary>How the agent of one container is reached. Disposed when the container is to go.</summary>
internal interface ISlotTransport : IDisposable
{
    /// <summary>Adds to a container that is about to be made what it takes.</summary>
    void Prepare(CreateContainerParameters container);

    /// <summary>Starts the container and connects to its agent, which has said nothing yet.</summary>
    /// <param name="container">Its id.</param>
    /// <param name="start">Starts it, with patience.</param>
    /// <param name="cancellation">Gives up; what was opened is closed then.</param>
    /// <returns>The stream of frames, whose end is the agent's.</returns>
    Task<Stream> StartAsync(string container, Func<CancellationToken, Task> start, CancellationToken cancellation);
}
