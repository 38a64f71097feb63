using RewardServer.Training.Reporting;

namespace RewardServer.Training.Runs;

/// <summary>What a run does after its pretraining, a step at a time.</summary>
internal interface ITrainingLoop
{
    /// <summary>Takes a step.</summary>
    /// <param name="step">Which, from 1.</param>
    /// <param name="seconds">Seconds since the run began, asked at the end of the step.</param>
    /// <param name="cancellation">Ends it; a step is taken whole or not at all.</param>
    Task<StepMetrics> StepAsync(int step, Func<double> seconds, CancellationToken cancellation);

    /// <summary>Writes what the loop needs to go on, beside policy and optimizer, into the folder of a checkpoint; most need nothing.</summary>
    void Write(string checkpoint)
    {
    }

    /// <summary>Reads it again.</summary>
    /// <exception cref="InvalidDataException">It is not there, or not what was written.</exception>
    void Read(string checkpoint)
    {
    }
}
