using RewardServer.Training.Recipes;

namespace RewardServer.Training.Reporting;

/// <summary>What the run of a stage was like, or that of a recipe without stages.</summary>
/// <param name="Recipe">What it was made from.</param>
/// <param name="Steps">Its steps so far, in order.</param>
public sealed record StageSteps(Recipe Recipe, IReadOnlyList<StepMetrics> Steps)
{
    /// <summary>Seconds that it took.</summary>
    public double Seconds => Steps.Count > 0 ? Steps[^1].Seconds : 0;
}
