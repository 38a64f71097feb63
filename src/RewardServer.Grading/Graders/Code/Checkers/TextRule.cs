using RewardServer.Grading.Completions;

namespace RewardServer.Grading.Graders.Code.Checkers;

/// <summary>When two pieces of text count as the same, by a <see cref="Checker"/>'s options.</summary>
/// <param name="ignoreCase">Whether upper and lower case letters are the same.</param>
/// <param name="tolerance">By how much numbers may differ.</param>
internal sealed class TextRule(bool ignoreCase, Tolerance tolerance)
{
    private readonly StringComparison comparison = ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    /// <summary>The rule of a checker's.</summary>
    public static TextRule Of(Checker checker) => new(checker.IgnoreCase, new(checker.AbsoluteTolerance, checker.RelativeTolerance));

    /// <summary>Whether numbers are read at all.</summary>
    public bool ReadsNumbers => tolerance.IsSome;

    /// <summary>Whether two texts are the same as texts.</summary>
    public bool SameText(ReadOnlySpan<char> one, ReadOnlySpan<char> other) => one.Equals(other, comparison);

    /// <summary>Whether two tokens are the same, as texts or as numbers.</summary>
    public bool SameToken(ReadOnlySpan<char> expected, ReadOnlySpan<char> given) =>
        SameText(expected, given) || (ReadsNumbers && tolerance.Holds(expected, given));

    /// <summary>Whether two lines are the same: as texts or, where numbers are read, token by token.</summary>
    public bool SameLine(ReadOnlySpan<char> expected, ReadOnlySpan<char> given) =>
        SameText(expected, given) || (ReadsNumbers && FirstUnlike(expected, given, out _, out _) is false);

    /// <summary>Whether two numbers of JSON's are the same: by value, or within the tolerance.</summary>
    public bool SameNumber(JsonTree expected, JsonTree given) =>
        expected.Text == given.Text || (expected.Canonical is { } value && value == given.Canonical) || (ReadsNumbers && tolerance.Holds(expected.Text, given.Text));

    /// <summary>The signal of a line that differs: whether what stands for a finite number only looks like one.</summary>
    public string? SignalOf(ReadOnlySpan<char> expected, ReadOnlySpan<char> given) =>
        ReadsNumbers && FirstUnlike(expected, given, out var want, out var have) && WrittenNumber.TryRead(want, out _) && WrittenNumber.Pretends(have)
            ? Signal.CheckTampering
            : null;

    /// <summary>An order in which what is the same stands side by side, and numbers stand by their value.</summary>
    public int Order(ReadOnlySpan<char> one, ReadOnlySpan<char> other)
    {
        if (one.SequenceEqual(other))
        {
            return 0;
        }

        var left = new Tokens(one);
        var right = new Tokens(other);
        while (ReadsNumbers)
        {
            var (more, has) = (left.Next(out var a), right.Next(out var b));
            if (!more || !has)
            {
                return more.CompareTo(has);
            }

            if (OrderOfTokens(a, b) is not 0 and var order)
            {
                return order;
            }
        }

        return OrderOfTexts(one, other);
    }

    /// <summary>A number by which <see cref="Order"/> goes first: that which a text begins with, if any.</summary>
    public double FirstValue(ReadOnlySpan<char> text)
    {
        if (!ReadsNumbers)
        {
            return 0;
        }

        var tokens = new Tokens(text);
        return !tokens.Next(out var first) ? double.NegativeInfinity : WrittenNumber.TryRead(first, out var value) ? value : double.PositiveInfinity;
    }

    /// <summary>The order of two texts as texts.</summary>
    public int OrderOfTexts(ReadOnlySpan<char> one, ReadOnlySpan<char> other) => one.CompareTo(other, comparison);

    // Numbers first. Those of one value stand by their writing, or the order would not be one.
    private int OrderOfTokens(ReadOnlySpan<char> one, ReadOnlySpan<char> other)
    {
        var (isNumber, alsoNumber) = (WrittenNumber.TryRead(one, out var a), WrittenNumber.TryRead(other, out var b));
        return isNumber != alsoNumber ? (isNumber ? -1 : 1)
            : isNumber && a != b ? a.CompareTo(b)
            : one.CompareTo(other, comparison);
    }

    // The first two tokens that differ, of which one is empty where its line is shorter.
    private bool FirstUnlike(ReadOnlySpan<char> expected, ReadOnlySpan<char> given, out ReadOnlySpan<char> want, out ReadOnlySpan<char> have)
    {
        var wanted = new Tokens(expected);
        var got = new Tokens(given);
        while (wanted.Next(out want) | got.Next(out have))
        {
            if (!SameToken(want, have))
            {
                return true;
            }
        }

        return false;
    }
}
