using System.Text.RegularExpressions;

namespace RewardServer.Grading.Extraction;

/// <summary>The clause around an answer that nothing marks as one: whether it says that this is the answer.</summary>
internal static class Clause
{
    private const int Longest = 200;

    private const RegexOptions Options =
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;

    private static readonly Regex Before = new(
        @"\b(not|cannot|never|doubt|or|either|neither|nor|maybe|perhaps|possibly|might|could|between|at (least|most)|(more|less|fewer|greater|smaller|larger|bigger|other|rather) than"
        + @"|except|unless|minus|negative|without|wrong|incorrect|nicht|kein|keine|oder|ne|pas|ou|não|non|не|или)\b|n['’]t\b|[≠~]|不|或|非", Options);

    private static readonly Regex After = new(
        @"^[^\w]*(\w+\s+){0,3}((is|are|was|does|do|did|can|would|could|must|should|will|need|has|have)\s*(not\b|n['’]t\b)|(doesn|isn|didn|won|wouldn)['’]t|cannot\b|(is|are|was|were) (both |all )?(wrong|incorrect|false|impossible|discarded|rejected|extraneous|excluded|possible)\b)"
        + @"|^[^\w]*(or|ou|oder|или|或|and not|fails)\b", Options);

    // "half of 5", "log 5", "five hundred and 5"
    private static readonly Regex OperatorBefore = new(
        @"\b(twice|double|triple|log|ln|sin|cos|tan|plus|times|over|hundred|thousand|million|divided by|hundred and|(half|third|quarter|fifth|tenth|root|square|cube|power|logarithm|sine|cosine|factorial|reciprocal|inverse|opposite) (of|to)( the)?)\s*$", Options);

    // What is computed has words around it that bound nothing: "the difference between the two is 9 - 5 = 4".
    private static readonly Regex DeniedInEquation = new(@"\b(not|cannot|never|or|either|neither|nor|maybe|perhaps|unless|wrong|incorrect)\b|n['’]t\b|[≠~]", Options);

    private static readonly Regex DeniedBefore = new(
        @"(\b(not|never|neither|nor|cannot|nicht|kein)|n['’]t|\\neq?|≠)\s*((be|equal|equals|to|the|value|answer|is)\s*){0,4}:?\s*(\$|\\\(|\\\[)?\s*$", Options);

    private static readonly Regex DeniedAfter = new(
        @"^\s*(\$|\\\)|\\\])?\s*((is|are|was|does|do|can|could|must|should|will)\s*(not|n['’]t)|(is|was|would be) (the )?(wrong|incorrect|false)|(isn|doesn|wasn)['’]t|cannot)\b", Options);

    /// <summary>Whether the words next to a marked answer say that it is not the answer.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where the answer begins.</param>
    /// <param name="end">Where it has ended.</param>
    public static bool Denies(string text, int start, int end) =>
        DeniedBefore.IsMatch(text.AsSpan(Math.Max(0, start - 60), Math.Min(start, 60))) || DeniedAfter.IsMatch(text.AsSpan(end, Math.Min(40, text.Length - end)));

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
        return clause.TrimEnd(" $") is [.., '='] ? DeniedInEquation.IsMatch(clause) || DeniedAfter.IsMatch(next) : Before.IsMatch(clause) || OperatorBefore.IsMatch(clause) || After.IsMatch(next);
    }
}
