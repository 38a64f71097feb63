namespace RewardServer.Grading.Graders.Length;

/// <summary>Whether an answer is right, as an earlier component of the rubric found.</summary>
/// <param name="Component">The component's name.</param>
/// <param name="PassAt">The score from which on it is right.</param>
internal sealed record RightAnswer(string Component, double PassAt)
{
    /// <summary>Whether it is right; or what stands for a verdict where the component has no score.</summary>
    public (bool Right, Verdict? Unjudged) In(Verdicts verdicts)
    {
        var found = verdicts.Of(Component)!;
        var reason = $"{Component}: {found.Reason}";
        return found.Outcome switch
        {
            Outcome.Failed => (false, Verdict.Failed(reason)),
            Outcome.Skipped => (false, Verdict.Skipped(reason)),
            _ => (found.Score >= PassAt, null),
        };
    }
}
