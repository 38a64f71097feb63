namespace RewardServer.Sandboxing.Interpreters;

/// <summary>A cell's interpreter was closed while it ran: it was ended midway, and running it again would run its first half twice.</summary>
public sealed class CellEndedException : InvalidOperationException
{
    /// <summary>Says so.</summary>
    public CellEndedException()
        : base("The interpreter was closed while the cell ran.")
    {
    }

    /// <summary>Says what happened.</summary>
    public CellEndedException(string message)
        : base(message)
    {
    }

    /// <summary>Says what happened, and why.</summary>
    public CellEndedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
