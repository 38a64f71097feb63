namespace RewardServer.Training.Algorithms;

/// <summary>
/// Overlong filtering: what was cut off at the limit has no part in the loss, for its reward says nothing of what it would have come to (DAPO, Yu
/// et al. 2025, arXiv:2503.14476, section 3.4). Its reward still counts in its group's mean. DAPO's soft overlong punishment is a
/// reward: the grader <c>length</c> with the shape <c>overlong</c>.
/// </summary>
public static class Overlong
{
    /// <summary>The lengths that the loss sees: 0 for what was cut off.</summary>
    /// <param name="lengths">Tokens of each completion.</param>
    /// <param name="truncated">Whether each was cut off; as many.</param>
    /// <exception cref="ArgumentException">They are not as many.</exception>
    public static int[] Masked(IReadOnlyList<int> lengths, IReadOnlyList<bool> truncated) => lengths.Count == truncated.Count
        ? [.. lengths.Zip(truncated, (length, cut) => cut ? 0 : length)]
        : throw new ArgumentException($"there are {lengths.Count} lengths, but {truncated.Count} marks of what was cut off", nameof(truncated));
}
