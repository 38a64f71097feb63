using RewardServer.Symbolics.Rewriting;

namespace RewardServer.Symbolics.Equivalence;

/// <summary>
/// A place just before or just after a number on the line: [a, b) runs from before a to before b. Without a value it is an end of the line.
/// </summary>
internal readonly record struct Cut(RealNumber? Value, bool After)
{
    public static Cut Start { get; } = new(null, After: false);

    public static Cut End { get; } = new(null, After: true);
}

/// <summary>
/// A set of real numbers with finitely many ends: the places where the line enters and leaves it, in order. One form for each set,
/// so that [1, 2] ∪ [2, 3] is [1, 3].
/// </summary>
internal sealed class RealSet
{
    private readonly List<Cut> _cuts;

    private RealSet(List<Cut> cuts) => _cuts = cuts;

    public static RealSet Empty { get; } = new([]);

    public static RealSet All { get; } = new([Cut.Start, Cut.End]);

    public bool IsEmpty => _cuts.Count == 0;

    public bool IsAll => _cuts is [{ Value: null }, { Value: null }];

    /// <summary>What lies between two cuts; null where they cannot be compared or are in the wrong order.</summary>
    public static RealSet? Between(Cut low, Cut high, Budget budget) =>
        Compare(low, high, budget) is < 0 ? new([low, high]) : null;

    public static RealSet Point(Quotient value) => Point(RealNumber.Of(value));

    public static RealSet Point(RealNumber value) => new([new(value, After: false), new(value, After: true)]);

    /// <summary>The numbers that a rule on membership in both sets takes; null where their ends cannot be compared.</summary>
    public static RealSet? Combine(RealSet a, RealSet b, Func<bool, bool, bool> rule, Budget budget)
    {
        var cuts = new List<Cut>();
        var (i, j) = (0, 0);
        while (i < a._cuts.Count || j < b._cuts.Count)
        {
            var order = i == a._cuts.Count ? 1 : j == b._cuts.Count ? -1 : Compare(a._cuts[i], b._cuts[j], budget);
            if (order is null)
            {
                return null;
            }

            var cut = order <= 0 ? a._cuts[i] : b._cuts[j];
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
            if (rule((i & 1) == 1, (j & 1) == 1) != ((cuts.Count & 1) == 1))
            {
                cuts.Add(cut);
            }
        }

        return new(cuts);
    }

    /// <summary>The integers in it as points; null where it is unbounded, or they are too many to list.</summary>
    public RealSet? Integers(int most, Budget budget)
    {
        var points = new List<Cut>();
        for (var i = 0; i < _cuts.Count; i += 2)
        {
            if (_cuts[i].Value?.Floor(budget) is not { } low || _cuts[i + 1].Value?.Floor(budget) is not { } high || high - low > most)
            {
                return null;
            }

            var last = high - (_cuts[i + 1] is { Value.Fraction.IsInteger: true, After: false } ? 1 : 0);
            for (var n = low + (_cuts[i] is { Value.Fraction.IsInteger: true, After: false } ? 0 : 1); n <= last && points.Count < 2 * most; n++)
            {
                points.AddRange(Point(Quotient.Of(n))._cuts);
            }
        }

        return new(points);
    }

    /// <summary>Whether both hold the same numbers.</summary>
    public bool SameAs(RealSet other, Budget budget) =>
        _cuts.Count == other._cuts.Count && _cuts.Zip(other._cuts).All(pair => Compare(pair.First, pair.Second, budget) == 0);

    // Null where two values cannot be told apart.
    private static int? Compare(Cut a, Cut b, Budget budget)
    {
        if (!budget.Spend() || a.Value is null || b.Value is null)
        {
            return budget.Exhausted ? null : Rank(a) - Rank(b);
        }

        return RealNumber.Compare(a.Value, b.Value, budget) is not 0 and var order ? order : a.After.CompareTo(b.After);
    }

    private static int Rank(Cut cut) => cut.Value is not null ? 0 : cut.After ? 1 : -1;
}
