namespace RewardServer.Grading.Graders;

/// <summary>The three ways a grading can end. A fault of ours is never the candidate's score.</summary>
public enum Outcome
{
    /// <summary>The candidate was judged; there is a number.</summary>
    Scored,

    /// <summary>The task cannot be judged; there is no number.</summary>
    Skipped,

    /// <summary>A fault of ours; there is no number, and the caller may try again.</summary>
    Failed,
}
