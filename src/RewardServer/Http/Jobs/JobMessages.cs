using RewardServer.Jobs.Store;

namespace RewardServer.Http.Jobs;

/// <summary>A job as it stands.</summary>
public sealed record JobResponse
{
    /// <summary>Its name.</summary>
    public required string Id { get; init; }

    /// <summary>Where it stands.</summary>
    public required JobState State { get; init; }

    /// <summary>The rubric's name and version, as of the upload.</summary>
    public required string Rubric { get; init; }

    /// <summary>The hash of the rubric's definition.</summary>
    public required string RubricHash { get; init; }

    /// <summary>The data set whose rows they are; null where each row's is told by its columns.</summary>
    public string? Set { get; init; }

    /// <summary>Which column of the rows stands for a column of the set.</summary>
    public required IReadOnlyDictionary<string, string> Map { get; init; }

    /// <summary>How many rows it has.</summary>
    public required long Rows { get; init; }

    /// <summary>How many of them have results.</summary>
    public required long RowsDone { get; init; }

    /// <summary>Results: one for each completion of these rows.</summary>
    public required long Samples { get; init; }

    /// <summary>Results that were scored.</summary>
    public required long Scored { get; init; }

    /// <summary>Results whose task could not be judged.</summary>
    public required long Skipped { get; init; }

    /// <summary>Results that failed by a fault of the server's.</summary>
    public required long Failed { get; init; }

    /// <summary>The mean reward of what was scored; null where nothing was.</summary>
    public double? MeanReward { get; init; }

    /// <summary>Rows a second; null where it does not run.</summary>
    public double? RowsPerSecond { get; init; }

    /// <summary>Seconds that it will take at this rate.</summary>
    public double? RemainingSeconds { get; init; }

    /// <summary>When its upload began.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>When it was begun.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>What hinders it, or why it is broken.</summary>
    public string? Fault { get; init; }

    internal static JobResponse Of(Job job, string? fault) => new()
    {
        Id = job.Id,
        State = job.State,
        Rubric = job.Rubric,
        RubricHash = job.RubricHash,
        Set = job.Settings.Set,
        Map = job.Settings.Map,
        Rows = job.Rows,
        RowsDone = job.RowsDone,
        Samples = job.Tally.Samples,
        Scored = job.Tally.Scored,
        Skipped = job.Tally.Skipped,
        Failed = job.Tally.Failed,
        MeanReward = job.Tally.MeanReward,
        RowsPerSecond = job.RowsPerSecond,
        RemainingSeconds = job.RemainingSeconds,
        Created = job.Created,
        Started = job.Started,
        Ended = job.Ended,
        Fault = job.Fault ?? fault,
    };
}

/// <summary>What <c>GET /v1/jobs</c> gives.</summary>
/// <param name="Jobs">The jobs, the newest first.</param>
/// <param name="Next">What to send as <c>?before=</c> for those that follow; null at the end.</param>
public sealed record JobListResponse(IReadOnlyList<JobResponse> Jobs, string? Next);
