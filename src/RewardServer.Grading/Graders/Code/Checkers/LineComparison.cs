namespace RewardServer.Grading.Graders.Code.Checkers;

/// <summary>
/// Compares line by line; white space at the end of a line and empty lines at the end of the text do not count, as in
/// programming contests.
/// </summary>
internal static class LineComparison
{
    public static Comparison Compare(TextRule rule, ReadOnlySpan<char> expected, ReadOnlySpan<char> given, string subject)
    {
        var wanted = new Lines(expected);
        var got = new Lines(given);
        for (var line = 1; wanted.Next(out var want) | got.Next(out var have); line++)
        {
            if (!rule.SameLine(want, have))
            {
                return new($"line {line} of {subject} is {Excerpt.Of(have)} where {Excerpt.Of(want)} was expected", rule.SignalOf(want, have));
            }
        }

        return Comparison.Equal;
    }
}
