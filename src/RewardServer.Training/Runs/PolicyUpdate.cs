using System.Diagnostics;
using RewardServer.Training.Reporting;

namespace RewardServer.Training.Runs;

/// <summary>What the updates of a step were like.</summary>
/// <param name="Loss">The loss, in the last.</param>
/// <param name="GradientNorm">Before clipping, in the last.</param>
/// <param name="Tokens">Tokens learned, in all.</param>
/// <param name="Flops">Floating-point operations, in all.</param>
internal sealed record PolicyUpdate(double Loss, double GradientNorm, long Tokens, double Flops)
{
    /// <summary>The metrics of its step, but for what was written in it.</summary>
    /// <param name="step">Which step.</param>
    /// <param name="seconds">Seconds since the run began.</param>
    /// <param name="rate">The learning rate.</param>
    /// <param name="started">The timestamp at which the updates began.</param>
    /// <param name="phase">The phase of the step.</param>
    public StepMetrics Metrics(int step, double seconds, double rate, long started, string phase = Phases.Reinforcement) => new()
    {
        Phase = phase,
        Step = step,
        Seconds = seconds,
        Loss = Loss,
        GradientNorm = GradientNorm,
        LearningRate = rate,
        TrainedTokens = Tokens,
        UpdateSeconds = Stopwatch.GetElapsedTime(started).TotalSeconds,
        UpdateFlops = Flops,
    };
}
