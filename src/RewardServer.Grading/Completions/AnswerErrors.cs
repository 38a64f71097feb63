namespace RewardServer.Grading.Completions;

/// <summary>What is wrong with how the right answers of a task are given.</summary>
internal static class AnswerErrors
{
    private const int MostAnswers = 100;

    /// <summary>One of the two members must be there, and only one.</summary>
    /// <param name="answer">Whether <c>answer</c> is given.</param>
    /// <param name="answers">How many <c>answers</c> are; null where that member is silent.</param>
    public static IEnumerable<(string Member, string Error)> Of(bool answer, int? answers) => (answer, answers) switch
    {
        (true, not null) => [("answers", "must not stand beside answer: give one of the two")],
        (false, null) => [("answer", "is required, or else answers")],
        (_, 0) => [("answers", "must hold at least one answer")],
        (_, > MostAnswers) => [("answers", $"must be at most {MostAnswers}, but there are {answers}")],
        _ => [],
    };

    /// <summary>Tolerances are finite and not negative.</summary>
    public static IEnumerable<(string Member, string Error)> OfTolerances(double? relative, double? absolute)
    {
        foreach (var (member, value) in new[] { ("relativeTolerance", relative), ("absoluteTolerance", absolute) })
        {
            if (value is { } given && !(given >= 0 && double.IsFinite(given)))
            {
                yield return (member, "must not be negative");
            }
        }
    }
}
