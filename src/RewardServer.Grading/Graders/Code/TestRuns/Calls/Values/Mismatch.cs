namespace RewardServer.Grading.Graders.Code.TestRuns.Calls.Values;

/// <summary>Where two values differ.</summary>
/// <param name="Expected">What was expected there.</param>
/// <param name="Found">What stands there.</param>
/// <param name="Path">The way there from the outermost value: "[1]["a"]"; empty for that value itself.</param>
internal sealed record Mismatch(Value Expected, Value Found, string Path = "")
{
    private const int LongestWhole = 80, LongestPart = 200, LongestPath = 200;

    /// <summary>The same, seen from a value that holds this one.</summary>
    public Mismatch In(string step) => this with { Path = step + Path };

    /// <summary>One sentence that tells it.</summary>
    /// <param name="expected">The outermost value that was expected.</param>
    /// <param name="result">The outermost value that was found.</param>
    public string Describe(Value expected, Value result)
    {
        var (wanted, got) = (ValueText.Show(expected, LongestWhole), ValueText.Show(result, LongestWhole));
        var isWhole = !wanted.EndsWith('…') && !got.EndsWith('…');
        return Path.Length == 0 ? $"the result is {ValueText.Show(result, LongestPart)} where {ValueText.Show(expected, LongestPart)} was expected"
            : isWhole ? $"the result is {got} where {wanted} was expected (at {Shown.Head(Path, LongestPath)})"
            : $"the result at {Shown.Head(Path, LongestPath)} is {ValueText.Show(Found, LongestPart)} where {ValueText.Show(Expected, LongestPart)} was expected";
    }
}
