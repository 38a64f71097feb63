namespace RewardServer.Training.Rollouts;

/// <summary>Random numbers of each sequence's own: what one draws does not depend on which others are written beside it, nor on which device.</summary>
internal static class OwnDraws
{
    /// <summary>A number from 0 to below 1 for each sequence.</summary>
    /// <param name="seed">What they begin with.</param>
    /// <param name="numbers">The number of each sequence.</param>
    /// <param name="token">Which token of the completions is drawn, from 0.</param>
    public static double[] Of(long seed, IEnumerable<int> numbers, int token) => [.. numbers.Select(number => Of(seed, number, token))];

    private static double Of(long seed, int number, int token)
    {
        var mixed = SplitMix64.Mix(SplitMix64.Mix(SplitMix64.Mix((ulong)seed) ^ (uint)number) ^ (uint)token);
        // 48 bits: what is below 1 stays below it when it is multiplied by a sum of probabilities.
        return (mixed >> 16) * (1.0 / (1L << 48));
    }
}
