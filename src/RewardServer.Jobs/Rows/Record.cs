using System.Buffers;

namespace RewardServer.Jobs.Rows;

/// <summary>The bytes of one row, still as they are written.</summary>
/// <param name="Bytes">Them; of one that is too large what was kept last. They stand until the next record is asked for.</param>
/// <param name="Dropped">How many before them were not kept.</param>
/// <param name="IsWhole">Whether its end was there; false where the file ends before.</param>
internal readonly record struct Record(ReadOnlySequence<byte> Bytes, long Dropped, bool IsWhole)
{
    /// <summary>How many bytes it has, with those that were not kept.</summary>
    public long Length => Dropped + Bytes.Length;

    /// <summary>Whether there is nothing but white space.</summary>
    public bool IsBlank
    {
        get
        {
            foreach (var segment in Bytes)
            {
                if (!segment.Span.TrimStart(" \t\r\n"u8).IsEmpty)
                {
                    return false;
                }
            }

            return Dropped == 0;
        }
    }

    /// <summary>The bytes in one piece.</summary>
    public ReadOnlyMemory<byte> Memory => Bytes.IsSingleSegment ? Bytes.First : Bytes.ToArray();

    /// <summary>Why it is not read where it is larger than a row may be; null where it is not.</summary>
    public string? Oversize(int largestRow) => Length > largestRow ? $"has {Length} bytes, more than the {largestRow} of a row" : null;
}
