using System.Buffers;

namespace RewardServer.Jobs.Rows;

/// <summary>Finds where the elements of a JSON array end: its beginning, each comma between them, and its end.</summary>
internal sealed class JsonArrayEnds : IRecordEnds
{
    private static readonly SearchValues<byte> Structure = SearchValues.Create("\"[]{},"u8);
    private static readonly SearchValues<byte> StringEnds = SearchValues.Create("\"\\"u8);

    private long depth;
    private bool isInString, isEscaped;

    /// <summary>Where it stands.</summary>
    public enum Place
    {
        /// <summary>Before the array.</summary>
        Before,

        /// <summary>In it.</summary>
        Inside,

        /// <summary>Behind it.</summary>
        Behind,
    }

    /// <summary>Where the bytes stand that come next.</summary>
    public Place Next { get; private set; }

    /// <summary>Whether something stands before or behind the array; the record ends there.</summary>
    public bool HasOther { get; private set; }

    public int Find(ReadOnlySpan<byte> bytes) => Next == Place.Inside ? FindInside(bytes) : FindOutside(bytes);

    private int FindOutside(ReadOnlySpan<byte> bytes)
    {
        var at = bytes.IndexOfAnyExcept(" \t\r\n"u8);
        if (at < 0)
        {
            return -1;
        }

        if (Next == Place.Before && bytes[at] == (byte)'[')
        {
            Next = Place.Inside;
        }
        else
        {
            HasOther = true;
        }

        return at;
    }

    private int FindInside(ReadOnlySpan<byte> bytes)
    {
        for (var at = 0; at < bytes.Length; at++)
        {
            if (isEscaped)
            {
                isEscaped = false;
                continue;
            }

            var further = bytes[at..].IndexOfAny(isInString ? StringEnds : Structure);
            if (further < 0)
            {
                return -1;
            }

            at += further;
            if (isInString)
            {
                isEscaped = bytes[at] == (byte)'\\';
                isInString = isEscaped;
            }
            else if (Ends(bytes[at]))
            {
                return at;
            }
        }

        return -1;
    }

    private bool Ends(byte mark)
    {
        switch (mark)
        {
            case (byte)'"':
                isInString = true;
                return false;
            case (byte)'[' or (byte)'{':
                depth++;
                return false;
            case (byte)',':
                return depth == 0;
            case (byte)']' when depth == 0:
                Next = Place.Behind;
                return true;
            default:
                // A brace too many is the element's own fault, which whoever parses it tells.
                depth = Math.Max(0, depth - 1);
                return false;
        }
    }
}
