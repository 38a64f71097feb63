using System.Collections.Immutable;

namespace RewardServer.Grading.Rubrics.Transforms;

/// <summary>
/// What an attempt gives to a set of k attempts that passes where one of them is right. All sets of k of the group are counted, in
/// closed form: nothing is drawn. Null where the group has fewer than k attempts with a score.
/// <list type="bullet">
/// <item>Reward: 1 for a right attempt; for a wrong one 1 − C(w−1, k−1) / C(n−1, k−1), where w of n are wrong: the chance that
/// k − 1 others hold a right one.</item>
/// <item>Normalised: the advantage of Pass@k training (arXiv:2508.10751, "analytical derivation"): that reward less its mean over
/// all sets, 1 − C(w, k) / C(n, k), over its standard deviation; 0 where all sets pass, or none.</item>
/// <item>Marginal: the estimator of PKPO with the baseline "leave one out minus one" for rewards of 0 and 1 (arXiv:2505.15201), times n/k:
/// C(w, k−1) / C(n−1, k−1) for a right attempt, 0 for a wrong one.</item>
/// </list>
/// </summary>
/// <param name="options">Which attempts are right, and what is given.</param>
public sealed class PassAtK(PassAtKOptions options) : IGroupTransform
{
    /// <summary>Its entry in the table of transforms.</summary>
    public static TransformKind Kind { get; } = TransformKind.Of<PassAtKOptions>(
        "pass-at-k",
        "What a completion gives to a set of k of its group that passes where one of them is right.",
        (context, options) => new PassAtK(options.Checked(context)));

    /// <inheritdoc/>
    public ImmutableArray<double?> Apply(ImmutableArray<RewardedMember> group)
    {
        var scores = group.Select(member => member.Verdicts.Of(options.Component)?.Score).ToArray();
        var (all, wrong) = (scores.Count(score => score is not null), scores.Count(score => score < options.AtLeast));
        if (all < options.K)
        {
            return [.. scores.Select(_ => (double?)null)];
        }

        var (ofRight, ofWrong) = Values(all, wrong);
        return [.. scores.Select(score => score is null ? null : score < options.AtLeast ? ofWrong : (double?)ofRight)];
    }

    private (double Right, double Wrong) Values(int all, int wrong)
    {
        var k = options.K;
        // The chance that a set with this wrong attempt in it fails.
        var failing = AllWrong(all - 1, wrong - 1, k - 1);
        return options.Value switch
        {
            PassAtKValue.Reward => (1, 1 - failing),
            PassAtKValue.Marginal => (AllWrong(all - 1, wrong, k - 1), 0),
            _ => Normalised(all, wrong, wrong == 0 ? 0 : failing),
        };
    }

    // C(w, k) / C(n, k) is w/n times the chance for a set that holds a wrong one. Roots of quotients keep what the square of a tiny deviation would lose.
    private static (double Right, double Wrong) Normalised(int all, int wrong, double failing)
    {
        var fails = (double)wrong / all * failing;
        return fails == 0 || wrong == all
            ? (0, 0)
            : (Math.Sqrt(fails / (1 - fails)), -(double)(all - wrong) / all * Math.Sqrt(failing * all / wrong / (1 - fails)));
    }

    // C(wrong, drawn) / C(all, drawn), as a product of shares: no factor is above 1, so that nothing overflows.
    private static double AllWrong(int all, int wrong, int drawn)
    {
        var chance = 1.0;
        for (var i = 0; i < drawn && chance > 0; i++)
        {
            chance *= wrong <= i ? 0 : (double)(wrong - i) / (all - i);
        }

        return chance;
    }
}
