namespace RewardServer.Jobs.Reports.Statistics;

/// <summary>
/// The chance that the answer which most of k completions give is right (self-consistency: Wang et al. 2022, arXiv:2203.11171), over draws of k from n
/// without putting back. Of answers that are given equally often one is taken by lot, which counts as its share.
/// </summary>
public static class MajorityAtK
{
    /// <summary>How many draws stand for all, where there are more than that.</summary>
    public const int Draws = 1000;

    /// <summary>The estimate for one problem.</summary>
    /// <param name="answers">What each completion answers, and whether that is right; null for none, which has no vote. Equal answers are equal texts. At least <paramref name="k"/>.</param>
    /// <param name="k">How many are drawn; at least 1.</param>
    /// <param name="seed">Of the draws: the same gives the same.</param>
    /// <returns>From 0 to 1; exact for k of 1 and of all.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than k.</exception>
    public static double Of(IReadOnlyList<(string? Answer, bool Right)> answers, int k, int seed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(answers.Count, k);
        if (k == 1)
        {
            return answers.Average(answer => answer.Answer is not null && answer.Right ? 1.0 : 0);
        }

        if (k == answers.Count)
        {
            return Vote(answers);
        }

        var random = new Random(seed);
        var drawn = answers.ToArray();
        var sum = 0.0;
        for (var draw = 0; draw < Draws; draw++)
        {
            // The first k of a shuffle (Fisher and Yates).
            for (var i = 0; i < k; i++)
            {
                var other = random.Next(i, drawn.Length);
                (drawn[i], drawn[other]) = (drawn[other], drawn[i]);
            }

            sum += Vote(new ArraySegment<(string? Answer, bool Right)>(drawn, 0, k));
        }

        return sum / Draws;
    }

    private static double Vote(IReadOnlyList<(string? Answer, bool Right)> answers)
    {
        var groups = answers.Where(answer => answer.Answer is not null).GroupBy(answer => answer.Answer).Select(group => (Votes: group.Count(), Right: group.Average(answer => answer.Right ? 1.0 : 0))).ToList();
        if (groups.Count == 0)
        {
            return 0;
        }

        var most = groups.Max(group => group.Votes);
        return groups.Where(group => group.Votes == most).Average(group => group.Right);
    }
}
