namespace RewardServer.Sandboxing.Pooling;

/// <summary>The sandbox has all the work it can take: ask again later. Nothing was run.</summary>
public sealed class SandboxBusyException : Exception
{
    /// <summary>Without a message.</summary>
    public SandboxBusyException()
    {
    }

    /// <param name="message">What is full, and which setting bounds it.</param>
    public SandboxBusyException(string message)
        : base(message)
    {
    }

    /// <param name="message">What is full, and which setting bounds it.</param>
    /// <param name="cause">What led to it.</param>
    public SandboxBusyException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
