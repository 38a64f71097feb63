using System.Text.RegularExpressions;

namespace RewardServer.Grading.Extraction;

/// <summary>The clause around an answer that nothing marks as one: whether it says that this is the answer.</summary>
internal static class Clause
{
    private const int Longest = 200;

    private const RegexOptions Options =
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;

    private static readonly Regex Before = new(
        @"\b(not|cannot|never|or|either|neither|nor|maybe|perhaps|possibly|might|could|between|at (least|most)|(more|less|fewer|greater|smaller|larger|bigger|other|rather) than"
        + @"|except|unless|minus|negative|without|wrong|incorrect|nicht|kein|keine|oder|ne|pas|ou|não|non|не|или)\b|n['’]t\b|[≠~]|不|或|非", Options);

    private static readonly Regex After = new(
        @"^[^\w]*(\w+\s+){0,3}((is|are|was|does|do|did|can|would|could|must|should|will|need|has|have)\s*(not\b|n['’]t\b)|(doesn|isn|didn|won|wouldn)['’]t|cannot\b|(is|are|was|were) (both |all )?(wrong|incorrect|false|impossible|discarded|rejected|extraneous|excluded|possible)\b)"
        + @"|^[^\w]*(or|ou|oder|или|或|and not|fails)\b", Options);

    /// <summary>Whether the words of its clause deny the answer, bound it, or leave a choice.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where the answer begins.</param>
    /// <param name="end">Where it has ended.</param>
    public static bool LeavesOpen(string text, int start, int end)
    {
        var before = text.AsSpan(Math.Max(0, start - Longest), Math.Min(start, Longest));
        var clause = before.LastIndexOfAny(",;:.\n") is >= 0 and var cut ? before[(cut + 1)..] : before;
        var after = text.AsSpan(end, Math.Min(Longest, text.Length - end));
        var next = after.IndexOfAny(";:.\n") is >= 0 and var stop ? after[..stop] : after;
        return Before.IsMatch(clause) || After.IsMatch(next);
    }
}
