using System.Collections.Immutable;
using RewardServer.Training.Problems;

namespace RewardServer.Training.Runs;

/// <summary>Kinds of problems, each with how often it is asked.</summary>
/// <param name="kinds">The kinds with their weights, all above 0.</param>
public sealed class ProblemMix(ImmutableArray<(IProblemKind Kind, double Weight)> kinds)
{
    private readonly double total = kinds.Sum(kind => kind.Weight);

    /// <summary>The kinds, in the recipe's order.</summary>
    public ImmutableArray<IProblemKind> Kinds { get; } = [.. kinds.Select(kind => kind.Kind)];

    /// <summary>A kind, as often as its weight says.</summary>
    public IProblemKind Draw(Random random)
    {
        var at = random.NextDouble() * total;
        foreach (var (kind, weight) in kinds)
        {
            if ((at -= weight) < 0)
            {
                return kind;
            }
        }

        return kinds[^1].Kind;
    }

    /// <summary>Problems of a part, equally many of each kind: what an evaluation asks.</summary>
    /// <param name="split">The part.</param>
    /// <param name="count">How many in all; each kind has at least one.</param>
    /// <param name="random">What draws them.</param>
    public IReadOnlyList<Problem> Each(Split split, int count, Random random) =>
        [.. Kinds.SelectMany(kind => Enumerable.Range(0, Math.Max(1, count / Kinds.Length)).Select(_ => kind.Draw(split, random)))];
}
