using RewardServer.Grading.Completions;

namespace RewardServer.Grading.Graders.Code.Checkers;

/// <summary>Whether an output that is wrong holds the expected one whole, among more: a program that prints every answer it can think of.</summary>
public static class HedgedOutput
{
    /// <summary>Looks for the expected lines, one after the other, in the output's; for tokens where a checker compares those.</summary>
    /// <param name="checker">How the two are compared.</param>
    /// <param name="expected">What should have been printed.</param>
    /// <param name="given">What was, or the part of it that was kept.</param>
    public static bool Holds(Checker checker, string expected, string given)
    {
        var rule = TextRule.Of(checker);
        var byTokens = checker.Kind == CheckerKind.Tokens;
        var wanted = Pieces.Of(expected, byTokens);
        return wanted.Count > 0 && Contains(rule, wanted, new(given, byTokens));
    }

    // Knuth, Morris and Pratt's search: the time is that of reading both.
    private static bool Contains(TextRule rule, List<ReadOnlyMemory<char>> wanted, Pieces given)
    {
        var back = new int[wanted.Count];
        for (int at = 1, length = 0; at < wanted.Count; at++)
        {
            length = Step(wanted[at].Span, length);
            back[at] = length;
        }

        var (matched, read) = (0, 0);
        while (given.Next(out var piece))
        {
            read++;
            matched = Step(piece, matched);
            if (matched == wanted.Count)
            {
                return read > matched || given.Next(out _);
            }
        }

        return false;

        int Step(ReadOnlySpan<char> piece, int length)
        {
            while (length > 0 && !rule.SameText(wanted[length].Span, piece))
            {
                length = back[length - 1];
            }

            return rule.SameText(wanted[length].Span, piece) ? length + 1 : length;
        }
    }
}
