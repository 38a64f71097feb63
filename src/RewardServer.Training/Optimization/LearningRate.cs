namespace RewardServer.Training.Optimization;

/// <summary>How the learning rate goes after its warm-up.</summary>
public enum Decay
{
    /// <summary>It stays.</summary>
    Constant,

    /// <summary>It falls in a straight line.</summary>
    Linear,

    /// <summary>It falls along half a cosine (Loshchilov and Hutter 2017, equation 5).</summary>
    Cosine,
}

/// <summary>The learning rate of each step: up in a straight line, then down to a share of its peak.</summary>
/// <param name="Peak">The highest.</param>
/// <param name="Warmup">Steps until then.</param>
/// <param name="Decay">How it goes on.</param>
/// <param name="FinalShare">The share of the peak at the last step, 0 to 1; a constant rate has none.</param>
public sealed record LearningRate(double Peak, int Warmup, Decay Decay, double FinalShare)
{
    /// <summary>The rate of a step.</summary>
    /// <param name="step">Which, from 1.</param>
    /// <param name="steps">How many there will be.</param>
    public double At(int step, int steps)
    {
        if (step <= Warmup)
        {
            return Peak * step / Warmup;
        }

        var done = Math.Clamp((double)(step - Warmup) / Math.Max(1, steps - Warmup), 0, 1);
        return Peak * Decay switch
        {
            Decay.Linear => 1 - (1 - FinalShare) * done,
            Decay.Cosine => FinalShare + (1 - FinalShare) * (1 + Math.Cos(Math.PI * done)) / 2,
            _ => 1,
        };
    }
}
