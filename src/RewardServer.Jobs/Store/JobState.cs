namespace RewardServer.Jobs.Store;

/// <summary>Where a job stands.</summary>
public enum JobState
{
    /// <summary>Its rows are being uploaded. An upload that breaks off is no job: it is removed.</summary>
    Receiving,

    /// <summary>All rows are there, and it waits for its turn.</summary>
    Waiting,

    /// <summary>It is graded.</summary>
    Running,

    /// <summary>Every row has its results.</summary>
    Done,

    /// <summary>Somebody cancelled it; the results that it had stay.</summary>
    Cancelled,

    /// <summary>It cannot be graded on; its fault says why. The results that it had stay.</summary>
    Broken,

    /// <summary>It is being removed, and is no job any more.</summary>
    Removing,
}
