namespace RewardServer.Jobs.Store;

/// <summary>Why the store of jobs cannot be used.</summary>
public enum StoreFault
{
    /// <summary>Another program holds it.</summary>
    Busy,

    /// <summary>Its disk is full.</summary>
    Full,

    /// <summary>What it holds is no store of jobs, or is damaged, or is of a newer version.</summary>
    Damaged,

    /// <summary>It cannot be reached, read or written.</summary>
    Unreachable,
}

/// <summary>The store of jobs cannot be used now: a fault of the server's or its machine's, never of a job.</summary>
/// <param name="fault">Why.</param>
/// <param name="message">What is wrong, and which setting says where it is.</param>
/// <param name="cause">What was thrown; null where nothing was.</param>
public sealed class JobStoreException(StoreFault fault, string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>Why.</summary>
    public StoreFault Fault => fault;
}

/// <summary>The job is no more this server's to write: it was cancelled, or another server took it because this one was silent for too long.</summary>
/// <param name="job">The job's number.</param>
public sealed class JobLostException(long job) : Exception($"job {job} is no more this server's")
{
    /// <summary>The job's number.</summary>
    public long Job => job;
}
