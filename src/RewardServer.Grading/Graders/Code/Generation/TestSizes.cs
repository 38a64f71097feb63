using RewardServer.Grading.Completions;

namespace RewardServer.Grading.Graders.Code.Generation;

/// <summary>Which seed and size each generated test has.</summary>
internal static class TestSizes
{
    /// <summary>The seed that the generator is told.</summary>
    public static long SeedOf(long seed, int index) => unchecked(seed + index);

    /// <summary>Its size: they rise geometrically, so that small inputs, which find most mistakes, are as many as large ones.</summary>
    public static int SizeOf(GeneratedTests generated, int index)
    {
        // No power in question lies near the middle between two whole numbers, where machines could round apart.
        var (least, most) = ((double)generated.SmallestSize, (double)generated.LargestSize);
        var share = generated.Count == 1 ? 1 : (double)index / (generated.Count - 1);
        return (int)Math.Clamp(Math.Round(least * Math.Pow(most / least, share)), least, most);
    }
}
