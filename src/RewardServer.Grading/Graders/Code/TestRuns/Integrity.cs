namespace RewardServer.Grading.Graders.Code.TestRuns;

/// <summary>What keeps a candidate from a check's verdict.</summary>
public enum Integrity
{
    /// <summary>Check and candidate ran in different processes: values crossed, and neither could reach into the other.</summary>
    Separate,

    /// <summary>They shared a process, because what the check asks for cannot cross: a determined candidate could have forged the verdict.</summary>
    Shared,
}
