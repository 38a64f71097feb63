namespace RewardServer.Grading.Voting;

/// <summary>Counts, of all draws of k from n, those in which the right answer wins the vote.</summary>
internal static class MajorityCount
{
    /// <summary>The share of draws, a draw in which it ties with others counted as its share.</summary>
    public static double ShareOf(int right, ReadOnlySpan<int> wrong, int silent, int k)
    {
        var all = Choose(right + silent + Sum(wrong), k);
        var won = 0.0;
        for (var votes = 1; votes <= Math.Min(right, k); votes++)
        {
            won += Choose(right, votes) * OthersUpTo(votes, wrong, silent, k - votes);
        }

        return Math.Clamp(won / all, 0, 1);
    }

    // The ways to draw the rest such that no wrong answer has more votes than the right one, each weighed by 1 / (1 + how many have as many).
    private static double OthersUpTo(int votes, ReadOnlySpan<int> wrong, int silent, int rest)
    {
        var mostTies = rest / votes;
        // ways[ties, drawn]
        var ways = new double[mostTies + 1, rest + 1];
        for (var drawn = 0; drawn <= Math.Min(silent, rest); drawn++)
        {
            ways[0, drawn] = Choose(silent, drawn);
        }

        foreach (var count in wrong)
        {
            Add(ways, count, votes, mostTies, rest);
        }

        var sum = 0.0;
        for (var ties = 0; ties <= mostTies; ties++)
        {
            sum += ways[ties, rest] / (1 + ties);
        }

        return sum;
    }

    // From the most down, so that what is read is still without this answer.
    private static void Add(double[,] ways, int count, int votes, int mostTies, int rest)
    {
        Span<double> chosen = new double[Math.Min(count, votes) + 1];
        for (var taken = 0; taken < chosen.Length; taken++)
        {
            chosen[taken] = Choose(count, taken);
        }

        for (var ties = mostTies; ties >= 0; ties--)
        {
            for (var drawn = rest; drawn >= 0; drawn--)
            {
                var sum = 0.0;
                for (var taken = 0; taken <= Math.Min(Math.Min(count, votes - 1), drawn); taken++)
                {
                    sum += chosen[taken] * ways[ties, drawn - taken];
                }

                ways[ties, drawn] = sum + (ties > 0 && count >= votes && drawn >= votes ? chosen[votes] * ways[ties - 1, drawn - votes] : 0);
            }
        }
    }

    private static double Choose(int n, int k)
    {
        var ways = 1.0;
        for (var i = 1; i <= k; i++)
        {
            ways = ways * (n - k + i) / i;
        }

        return k > n ? 0 : ways;
    }

    private static int Sum(ReadOnlySpan<int> counts)
    {
        var sum = 0;
        foreach (var count in counts)
        {
            sum += count;
        }

        return sum;
    }
}
