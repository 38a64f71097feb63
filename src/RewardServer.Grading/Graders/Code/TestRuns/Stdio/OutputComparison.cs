namespace RewardServer.Grading.Graders.Code.TestRuns.Stdio;

/// <summary>
/// Compares what a program printed with what it should have printed, line by line; white space at the end of a
/// line and empty lines at the end of the text do not count, as in programming contests.
/// </summary>
internal static class OutputComparison
{
    private const int Shown = 80;

    /// <summary>The first line that differs, in words; null where the two agree.</summary>
    public static string? FirstDifference(string expected, string printed)
    {
        var wanted = expected.AsSpan().TrimEnd();
        var got = printed.AsSpan().TrimEnd();
        for (var line = 1; !wanted.IsEmpty || !got.IsEmpty; line++)
        {
            var want = Next(ref wanted);
            var have = Next(ref got);
            if (!want.SequenceEqual(have))
            {
                return $"line {line} of the output is {Show(have)} where {Show(want)} was expected";
            }
        }

        return null;
    }

    private static ReadOnlySpan<char> Next(ref ReadOnlySpan<char> text)
    {
        var end = text.IndexOf('\n');
        var line = end < 0 ? text : text[..end];
        text = end < 0 ? [] : text[(end + 1)..];
        return line.TrimEnd();
    }

    private static string Show(ReadOnlySpan<char> line) =>
        line.Length <= Shown ? $"'{line}'" : $"'{line[..(char.IsHighSurrogate(line[Shown - 1]) ? Shown - 1 : Shown)]}…' ({line.Length} characters)";
}
