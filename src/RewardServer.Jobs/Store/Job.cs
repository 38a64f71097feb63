using RewardServer.Jobs.Results;

namespace RewardServer.Jobs.Store;

/// <summary>Many completions that are graded in the background, as they stand in the store.</summary>
/// <param name="Number">Its number in the store: jobs are graded in this order.</param>
/// <param name="Id">Its name, unique among jobs.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Settings">What its caller asked for.</param>
/// <param name="Rubric">The rubric's name and version, as of its upload.</param>
/// <param name="RubricHash">The hash of its definition (<see cref="RunIdentity"/>).</param>
/// <param name="Definition">The rubric itself as JSON, by which the job is graded also where the server's has changed meanwhile.</param>
/// <param name="Content">The hash of its rows and settings (<see cref="ContentHash"/>).</param>
/// <param name="Rows">How many rows it has.</param>
/// <param name="RowsDone">How many of them have results.</param>
/// <param name="Tally">What its results come to.</param>
/// <param name="Attempt">How many times a server began to work on it; whoever wrote by an earlier number writes no more.</param>
public sealed record Job(
    long Number, string Id, JobState State, JobSettings Settings, string Rubric, string RubricHash, string Definition, string Content,
    long Rows, long RowsDone, RunTally Tally, long Attempt)
{
    /// <summary>When its upload began, by the database's clock.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>When it was first begun; null where it was not.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>When it ended; null where it has not.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>What hinders it, or why it is broken; null where nothing does.</summary>
    public string? Fault { get; init; }

    /// <summary>Whether rows that failed are graded anew before it goes on.</summary>
    public bool Retries { get; init; }

    /// <summary>Rows a second since it was last begun; null where it does not run, or has only just begun.</summary>
    public double? RowsPerSecond { get; init; }

    /// <summary>Seconds that it will take at this rate; null where there is none.</summary>
    public double? RemainingSeconds => RowsPerSecond is > 0 and var rate ? (Rows - RowsDone) / rate : null;

    /// <summary>Whether nothing of it will change any more.</summary>
    public bool IsEnded => State is JobState.Done or JobState.Cancelled or JobState.Broken;
}
