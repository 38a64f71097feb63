namespace RewardServer.Grading.Graders.Logic.Reading;

/// <summary>What a text says of names: a value of each.</summary>
/// <param name="Values">The values by name; -1 where nothing is said.</param>
/// <param name="Fault">Why it is no answer; null where it is one.</param>
/// <param name="IsHedged">Whether it leaves a choice, or says two things of one name.</param>
internal sealed record Assignment(int[] Values, string? Fault, bool IsHedged)
{
    /// <summary>Whether something is said of every name.</summary>
    public bool IsComplete => Array.IndexOf(Values, -1) < 0;
}
