using System.Collections.Immutable;
using System.Text.Json;

namespace RewardServer.Sandboxing.Interpreters;

/// <summary>How a cell ended. All but <see cref="Fault"/> are its own doing.</summary>
public enum CellStatus
{
    /// <summary>It ran to its end.</summary>
    Completed,

    /// <summary>It raised an exception that it did not catch, or cannot be read as Python.</summary>
    Error,

    /// <summary>It was running when its time was over.</summary>
    Timeout,

    /// <summary>It ended its interpreter: by a crash, an exit, or for want of memory. <see cref="CellResult.End"/> says how.</summary>
    Died,

    /// <summary>A fault of ours; nothing is known of the cell, and the interpreter's state is lost. <see cref="CellResult.Problem"/> says what happened.</summary>
    Fault,
}

/// <summary>What became of a cell.</summary>
public sealed record CellResult
{
    /// <summary>How it ended.</summary>
    public required CellStatus Status { get; init; }

    /// <summary>What is kept of its standard output.</summary>
    public ReadOnlyMemory<byte> Stdout { get; init; }

    /// <summary>What is kept of its standard error.</summary>
    public ReadOnlyMemory<byte> Stderr { get; init; }

    /// <summary>All bytes that came to standard output, those dropped too.</summary>
    public long StdoutBytes { get; init; }

    /// <summary>All bytes that came to standard error, those dropped too.</summary>
    public long StderrBytes { get; init; }

    /// <summary>What a notebook's cell displayed, the value of its last expression among it: objects of media types. The cell's own to say.</summary>
    public ImmutableArray<JsonElement> Displays { get; init; } = [];

    /// <summary>The exception of a notebook's cell; null where there was none.</summary>
    public CellError? Error { get; init; }

    /// <summary>Whether it found no state: it was its interpreter's first cell, or the state had been lost before it.</summary>
    public bool IsFresh { get; init; }

    /// <summary>Whether the state is lost after it.</summary>
    public bool IsLost { get; init; }

    /// <summary>How its interpreter ended, in words; null where it did not.</summary>
    public string? End { get; init; }

    /// <summary>What went wrong on our side, for <see cref="CellStatus.Fault"/>; else null.</summary>
    public string? Problem { get; init; }

    /// <summary>How long it ran, in seconds.</summary>
    public double Seconds { get; init; }

    /// <summary>How long it waited for a seat, in seconds.</summary>
    public double QueueSeconds { get; init; }
}

/// <summary>An exception, as the cell tells of it.</summary>
/// <param name="Name">Its type.</param>
/// <param name="Message">What it says.</param>
/// <param name="Traceback">Pieces that stand on lines of their own.</param>
public sealed record CellError(string Name, string Message, ImmutableArray<string> Traceback);
