namespace RewardServer.Training.Reporting;

/// <summary>Where the time of a step, or of several, went; in seconds.</summary>
/// <param name="Generation">Generating completions.</param>
/// <param name="Rewards">Waiting for rewards.</param>
/// <param name="Update">Forward and backward passes and the optimizer's steps.</param>
/// <param name="Rest">All else: evaluations, checkpoints, drawing problems.</param>
public readonly record struct StepTimes(double Generation, double Rewards, double Update, double Rest)
{
    /// <summary>All of it.</summary>
    public double All => Generation + Rewards + Update + Rest;

    /// <summary>The times of a step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="before">The step before it; null for the first, whose rest is what lies before its end.</param>
    public static StepTimes Of(StepMetrics step, StepMetrics? before)
    {
        var known = (Generation: step.Rollouts?.GenerationSeconds ?? 0, Rewards: step.Rollouts?.RewardSeconds ?? 0, Update: step.UpdateSeconds);
        var rest = step.Seconds - (before?.Seconds ?? 0) - known.Generation - known.Rewards - known.Update;
        return new(known.Generation, known.Rewards, known.Update, Math.Max(0, rest));
    }

    /// <summary>The times of two steps.</summary>
    public static StepTimes operator +(StepTimes left, StepTimes right) =>
        new(left.Generation + right.Generation, left.Rewards + right.Rewards, left.Update + right.Update, left.Rest + right.Rest);

    /// <summary>The times of two steps.</summary>
    public StepTimes Add(StepTimes other) => this + other;

    /// <summary>The times of steps that follow each other.</summary>
    public static StepTimes Sum(IEnumerable<StepMetrics> steps)
    {
        var (sum, before) = (default(StepTimes), default(StepMetrics));
        foreach (var step in steps)
        {
            sum += Of(step, before);
            before = step;
        }

        return sum;
    }
}
