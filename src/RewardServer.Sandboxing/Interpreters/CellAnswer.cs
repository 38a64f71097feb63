using System.Buffers;
using System.Text.Json;

namespace RewardServer.Sandboxing.Interpreters;

/// <summary>What the interpreter's first process says of a cell, before the bytes of its outputs. No cell can write it (Driver/interpreter_main.py).</summary>
internal sealed record AnswerHead
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>"done"; "late", its time was over; "died", its process ended; "broken", what it answered was nonsense.</summary>
    public string State { get; init; } = "";

    /// <summary>Whether the state is lost after it.</summary>
    public bool Lost { get; init; }

    /// <summary>Whether there was no state before it.</summary>
    public bool Fresh { get; init; }

    /// <summary>Of standard output, the bytes that are kept and all that came.</summary>
    public long[] Out { get; init; } = [];

    /// <summary>Of standard error.</summary>
    public long[] Err { get; init; } = [];

    /// <summary>The bytes of what the cell's process answered.</summary>
    public long Answer { get; init; }

    /// <summary>How long it ran.</summary>
    public double Seconds { get; init; }

    /// <summary>The wait status of its process; null where it lives.</summary>
    public int? Status { get; init; }

    /// <summary>Whether others kept it from the processors.</summary>
    public bool Starved { get; init; }

    /// <summary>All bytes that follow.</summary>
    public long Length => Out[0] + Err[0] + Answer;

    /// <summary>Whether it keeps to what was agreed.</summary>
    public bool IsWithin(Cell cell) => Out is [>= 0, >= 0] && Err is [>= 0, >= 0] && Answer >= 0
        && Out[0] <= cell.OutputKb * 1024L && Err[0] <= cell.OutputKb * 1024L && Answer <= cell.DisplayKb * 1024L;

    /// <summary>Reads it; null where that cannot be.</summary>
    public static AnswerHead? TryRead(ReadOnlySequence<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            return JsonSerializer.Deserialize<AnswerHead>(ref reader, Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>An answer.</summary>
/// <param name="Head">What is said of it.</param>
/// <param name="Body">Standard output, standard error, and what the cell's process answered.</param>
internal sealed record CellAnswer(AnswerHead Head, ReadOnlyMemory<byte> Body)
{
    public ReadOnlyMemory<byte> Stdout => Body[..(int)Head.Out[0]];

    public ReadOnlyMemory<byte> Stderr => Body.Slice((int)Head.Out[0], (int)Head.Err[0]);

    public ReadOnlyMemory<byte> Answer => Body[(int)(Head.Out[0] + Head.Err[0])..];
}
