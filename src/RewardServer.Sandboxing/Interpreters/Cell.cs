namespace RewardServer.Sandboxing.Interpreters;

/// <summary>Some Python for a live interpreter, which runs it among what earlier cells have left.</summary>
public sealed record Cell
{
    /// <summary>The longest time that a cell may ask for, in seconds.</summary>
    public const double MostSeconds = 300;

    /// <summary>The source. Where it ends in an expression, its value is shown.</summary>
    public required string Code { get; init; }

    /// <summary>
    /// How long it may run, in seconds, above 0 and at most <see cref="MostSeconds"/>; waiting for a seat is not counted, nor is waiting for a
    /// processor, up to as long again and 5 seconds. It is interrupted then, and a second later ended by force.
    /// </summary>
    public double Seconds { get; init; } = 10;

    /// <summary>Whether what it displays and its error are told apart from its output, as a notebook has them; else all is printed, as in IPython's terminal.</summary>
    public bool IsNotebook { get; init; }

    /// <summary>How its error is printed in a terminal.</summary>
    public CellTraceback Traceback { get; init; } = CellTraceback.Plain;

    /// <summary>What is kept of each of its outputs, in KiB; what is over is counted and dropped.</summary>
    public int OutputKb { get; init; } = 1024;

    /// <summary>What is kept of its displays and its error together, in KiB; too large displays are replaced by a note.</summary>
    public int DisplayKb { get; init; } = 4096;

    /// <summary>Cells with a smaller number go before those with a larger one, where they wait.</summary>
    public int Priority { get; init; }

    /// <exception cref="ArgumentException">A number is out of its range.</exception>
    internal void Check()
    {
        if (Seconds is not (> 0 and <= MostSeconds))
        {
            throw new ArgumentException($"Seconds must be above 0 and at most {MostSeconds}.");
        }

        if (OutputKb is < 1 or > 65536 || DisplayKb is < 1 or > 65536)
        {
            throw new ArgumentException("OutputKb and DisplayKb must be from 1 to 65536.");
        }
    }
}

/// <summary>How an error is printed, by IPython's names.</summary>
public enum CellTraceback
{
    /// <summary>Its last line alone.</summary>
    Minimal,

    /// <summary>Each frame with its line.</summary>
    Plain,

    /// <summary>Each frame with the lines around its own.</summary>
    Context,

    /// <summary>As <see cref="Context"/>: the values of variables are not printed.</summary>
    Verbose,
}
