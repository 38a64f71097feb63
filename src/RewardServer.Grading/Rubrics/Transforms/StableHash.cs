namespace RewardServer.Grading.Rubrics.Transforms;

/// <summary>A hash of 64 bits that is the same on every machine and in every process: FNV-1a over numbers, with the last step of MurmurHash3.</summary>
internal static class StableHash
{
    /// <summary>The hash of nothing.</summary>
    public const ulong Start = 14695981039346656037;

    private const ulong Prime = 1099511628211;

    /// <summary>With one more number.</summary>
    public static ulong Add(ulong hash, ulong number) => (hash ^ number) * Prime;

    /// <summary>Spreads the bits, so that the smallest hashes are a fair sample.</summary>
    public static ulong Mixed(ulong hash)
    {
        hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccd;
        hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53;
        return hash ^ (hash >> 33);
    }
}
