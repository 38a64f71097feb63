namespace RewardServer.Grading.Graders.Code.Checkers;

/// <summary>Compares what stands between white space, one by one.</summary>
internal static class TokenComparison
{
    public static Comparison Compare(TextRule rule, ReadOnlySpan<char> expected, ReadOnlySpan<char> given, string subject)
    {
        var wanted = new Tokens(expected);
        var got = new Tokens(given);
        for (var token = 1; wanted.Next(out var want) | got.Next(out var have); token++)
        {
            if (have.IsEmpty)
            {
                return new($"{subject} ends where {Excerpt.Of(want)} was expected as token {token}");
            }

            if (want.IsEmpty)
            {
                return new($"token {token} of {subject} is {Excerpt.Of(have)} where its end was expected");
            }

            if (!rule.SameToken(want, have))
            {
                return new($"token {token} of {subject} is {Excerpt.Of(have)} where {Excerpt.Of(want)} was expected", rule.SignalOf(want, have));
            }
        }

        return Comparison.Equal;
    }
}
