using RewardServer.Grading.Voting;
using RewardServer.Jobs.Reports.Statistics;

namespace RewardServer.Jobs.Reports.Building;

/// <summary>What the scored completions of one problem come to.</summary>
internal sealed class ProblemSums
{
    private readonly double[] rewards;
    private readonly int[] wrong;
    private readonly int silent;

    private ProblemSums(double[] rewards, int right, int[] wrong, int silent, bool votes) =>
        (this.rewards, Right, this.wrong, this.silent, Votes) = (rewards, right, wrong, silent, votes);

    /// <summary>How many were scored.</summary>
    public int Count => rewards.Length;

    /// <summary>How many of them are right.</summary>
    public int Right { get; }

    /// <summary>Whether their answers can be voted on.</summary>
    public bool Votes { get; }

    /// <summary>The sum of their rewards.</summary>
    public double Reward => rewards.Sum();

    /// <summary>Of the lines of a problem, in their order.</summary>
    public static ProblemSums Of(ReadOnlySpan<LineRecord> lines)
    {
        var (rewards, wrong) = (new List<double>(lines.Length), new List<int>());
        var (right, silent, votes) = (0, 0, false);
        ulong last = 0;
        foreach (var line in lines)
        {
            if (!line.Is(LineFlags.Scored))
            {
                continue;
            }

            rewards.Add(line.Reward);
            votes |= line.Is(LineFlags.Votes);
            if (line.Is(LineFlags.Right))
            {
                right++;
            }
            else if (line.Answer == 0)
            {
                silent++;
            }
            else if (line.Answer == last)
            {
                wrong[^1]++;
            }
            else
            {
                wrong.Add(1);
                last = line.Answer;
            }
        }

        rewards.Sort((one, other) => other.CompareTo(one));
        return new([.. rewards], right, [.. wrong], silent, votes);
    }

    /// <summary>Pass@k and best-of-k.</summary>
    public (double Pass, double Best) At(int k) => (PassAtK.Of(Count, Right, k), BestOfK.Of(rewards, k));

    /// <summary>Maj@k.</summary>
    public double MajorityAt(int k) => MajorityAtK.Of(Right, wrong, silent, k);
}
