namespace RewardServer.Training.Reporting;

/// <summary>How far a run is.</summary>
/// <param name="Phase">The phase that it is in.</param>
/// <param name="Step">The last step of it that is done; 0 for none.</param>
public readonly record struct RunPoint(string Phase, int Step)
{
    /// <summary>Whether a step had been done when a run was here.</summary>
    public bool Includes(StepMetrics step) => step.Phase == Phase ? step.Step <= Step : step.Phase == Phases.Pretraining;
}
