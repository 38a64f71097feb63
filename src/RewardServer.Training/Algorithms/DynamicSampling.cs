namespace RewardServer.Training.Algorithms;

/// <summary>
/// Dynamic sampling: groups whose rewards are all equal teach nothing, so more prompts are asked until enough groups have a spread (DAPO, Yu et al.
/// 2025, arXiv:2503.14476, equation 11). It ends: a step asks in at most so many rounds, none of them of more prompts than the first, and then
/// goes on with the groups that it has, be they none.
/// </summary>
/// <param name="Groups">Groups that a step is to train on, and prompts of its first round; at least 1.</param>
/// <param name="MaxRounds">Rounds of asking in a step, the first included; at least 1. A step asks at most Groups · MaxRounds prompts.</param>
public sealed record DynamicSampling(int Groups, int MaxRounds = DynamicSampling.DefaultRounds)
{
    /// <summary>Rounds where nothing else is said: as many batches as DAPO's own program asks at most.</summary>
    public const int DefaultRounds = 10;

    /// <summary>Whether a group's rewards differ: whether anything is learned from it.</summary>
    /// <param name="rewards">The rewards of one group, without those that are null.</param>
    public static bool HasSpread(IReadOnlyList<double> rewards) => rewards.Any(reward => reward != rewards[0]);

    /// <summary>Which groups are trained on: the first that have a spread, at most as many as the step is to have.</summary>
    /// <param name="groups">The rewards of every group that the step asked for, in the order in which they were asked.</param>
    /// <returns>Their places, rising.</returns>
    public int[] Kept(IReadOnlyList<IReadOnlyList<double>> groups) =>
        [.. Enumerable.Range(0, groups.Count).Where(i => HasSpread(groups[i])).Take(Groups)];

    /// <summary>
    /// How many more prompts are to be asked: as many as are likely to fill the step by the share of groups that had a spread so far, at most a
    /// first round's.
    /// </summary>
    /// <param name="groups">The rewards of every group that the step asked for.</param>
    /// <param name="rounds">Rounds that the step has asked in.</param>
    /// <returns>0 where the step is full, or has no round left; else from 1 to <see cref="Groups"/>.</returns>
    public int More(IReadOnlyList<IReadOnlyList<double>> groups, int rounds)
    {
        var missing = Groups - Kept(groups).Length;
        if (missing == 0 || rounds >= MaxRounds)
        {
            return 0;
        }

        // One success and one failure more than were seen (Laplace's rule of succession): a share is never 0 nor sure.
        var share = (Groups - missing + 1.0) / (groups.Count + 2.0);
        return (int)Math.Min(Math.Ceiling(missing / share), Groups);
    }
}
