namespace RewardServer.Training.Reporting;

/// <summary>The phases of a run, as <see cref="StepMetrics.Phase"/> names them, in their order.</summary>
public static class Phases
{
    /// <summary>A base model is made of texts.</summary>
    public const string Pretraining = "pretraining";

    /// <summary>The policy learns from rewards.</summary>
    public const string Reinforcement = "reinforcement";
}
