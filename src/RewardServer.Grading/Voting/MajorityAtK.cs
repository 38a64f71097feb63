namespace RewardServer.Grading.Voting;

/// <summary>
/// The chance that the answer which most of k completions give is right (self-consistency: Wang et al. 2022, arXiv:2203.11171), over draws of k from n
/// without putting back. Of answers that are given equally often one is taken by lot, which counts as its share. A completion without an answer has no vote. Right answers
/// are one answer, in whatever form: all of them equal the gold.
/// </summary>
public static class MajorityAtK
{
    /// <summary>How many draws stand for all, where counting all of them would take too long.</summary>
    public const int Draws = 1000;

    // Additions of one exact estimate: some tenths of a millisecond.
    private const double MostSteps = 300_000;

    /// <summary>The estimate for one problem.</summary>
    /// <param name="right">How many completions are right.</param>
    /// <param name="wrong">How many give each of the wrong answers; none is 0.</param>
    /// <param name="silent">How many give none.</param>
    /// <param name="k">How many are drawn; from 1 to all of them.</param>
    /// <param name="seed">Of the draws, where it is estimated by draws: the same gives the same.</param>
    /// <returns>From 0 to 1; exact unless there are hundreds of completions.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static double Of(int right, ReadOnlySpan<int> wrong, int silent, int k, int seed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(right);
        ArgumentOutOfRangeException.ThrowIfNegative(silent);
        var n = right + silent;
        foreach (var count in wrong)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
            n += count;
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(k, n);
        if (right == 0)
        {
            return 0;
        }

        if (k == n)
        {
            return Share(right, wrong);
        }

        // Of each number of votes that may win: a row of k for each of n completions, and for each number of answers that tie.
        var steps = 2.0 * n * k * k * (1 + Math.Log(k));
        return k == 1 ? (double)right / n : steps <= MostSteps ? MajorityCount.ShareOf(right, wrong, silent, k) : Drawn(right, wrong, n, k, new Random(seed));
    }

    private static double Drawn(int right, ReadOnlySpan<int> wrong, int n, int k, Random random)
    {
        // Of each completion the place of its answer: the right one's is 0, and −1 is none.
        var answers = new int[n];
        answers.AsSpan(right).Fill(-1);
        var next = right;
        for (var i = 0; i < wrong.Length; i++)
        {
            answers.AsSpan(next, wrong[i]).Fill(i + 1);
            next += wrong[i];
        }

        var votes = new int[wrong.Length + 1];
        var sum = 0.0;
        for (var draw = 0; draw < Draws; draw++)
        {
            Array.Clear(votes);
            for (var i = 0; i < k; i++)
            {
                // The first k of a shuffle (Fisher and Yates).
                var other = random.Next(i, n);
                (answers[i], answers[other]) = (answers[other], answers[i]);
                if (answers[i] >= 0)
                {
                    votes[answers[i]]++;
                }
            }

            sum += Share(votes[0], votes.AsSpan(1));
        }

        return sum / Draws;
    }

    // What the right answer has of one vote.
    private static double Share(int right, ReadOnlySpan<int> wrong)
    {
        var ties = 1;
        foreach (var count in wrong)
        {
            if (count > right)
            {
                return 0;
            }

            ties += count == right ? 1 : 0;
        }

        return right == 0 ? 0 : 1.0 / ties;
    }
}
