namespace RewardServer.Jobs.Rows;

/// <summary>Finds where records end in bytes that come piece by piece, and remembers between the pieces what stands open.</summary>
internal interface IRecordEnds
{
    /// <summary>The place of the byte that ends the record; -1 where it goes on behind these bytes.</summary>
    /// <param name="bytes">What follows the bytes that were looked at before, or the last end.</param>
    int Find(ReadOnlySpan<byte> bytes);
}
