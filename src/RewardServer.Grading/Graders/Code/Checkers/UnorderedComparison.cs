using Text = System.ReadOnlyMemory<char>;

namespace RewardServer.Grading.Graders.Code.Checkers;

/// <summary>Compares lines or tokens whose order does not count; how often each stands there does.</summary>
internal static class UnorderedComparison
{
    /// <param name="rule">When two of them are the same.</param>
    /// <param name="byTokens">Whether tokens are compared, and not lines.</param>
    /// <param name="expected">What should have been given.</param>
    /// <param name="given">What was.</param>
    /// <param name="subject">What it is called.</param>
    public static Comparison Compare(TextRule rule, bool byTokens, string expected, string given, string subject)
    {
        // No more is held of an output than can still be right.
        var wanted = Pieces.Of(expected, byTokens);
        return Compare(rule, wanted, Pieces.Of(given, byTokens, wanted.Count + 1), byTokens ? "token" : "line", subject);
    }

    private static Comparison Compare(TextRule rule, List<Text> wanted, List<Text> got, string unit, string subject)
    {
        if (wanted.Count != got.Count)
        {
            return new(got.Count > wanted.Count
                ? $"{subject} has more than the {wanted.Count} {unit}s that were expected"
                : $"{subject} has {got.Count} {unit}s where {wanted.Count} were expected");
        }

        Sort(rule, wanted);
        Sort(rule, got);
        if (Pairing.FirstUnpaired(wanted, got, (want, have) => rule.SameLine(want.Span, have.Span), rule.ReadsNumbers) is not { } at)
        {
            return Comparison.Equal;
        }

        var missing = wanted[at].Span;
        var extra = got[at].Span;
        return rule.Order(extra, missing) < 0
            ? new($"{subject} has the {unit} {Excerpt.Of(extra)}, which was not expected, or not so often", rule.SignalOf(missing, extra))
            : new($"{subject} lacks the {unit} {Excerpt.Of(missing)}, or has it too seldom", rule.SignalOf(missing, extra));
    }

    // By the value of the first number before all else: it is read once for each, and not in every comparison.
    private static void Sort(TextRule rule, List<Text> pieces)
    {
        var keyed = pieces.ConvertAll(piece => (Key: rule.FirstValue(piece.Span), Piece: piece));
        keyed.Sort((one, other) => one.Key != other.Key ? one.Key.CompareTo(other.Key) : rule.Order(one.Piece.Span, other.Piece.Span));
        for (var at = 0; at < keyed.Count; at++)
        {
            pieces[at] = keyed[at].Piece;
        }
    }
}
