using System.Collections.Concurrent;
using RewardServer.Jobs.Store;

namespace RewardServer.Jobs.Dispatch;

/// <summary>
/// Jobs that this server could not go on with, and leaves to others for a while: another may have the judge that their rubric names, and a fault may pass. They are no more than the
/// jobs that wait.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class SetAside(TimeProvider time)
{
    // Long enough that a job which cannot be graded here costs nothing, and no log is filled with it.
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<long, (string Fault, long Attempt, DateTimeOffset Until)> jobs = new();

    /// <summary>The numbers of those that are not to be claimed now.</summary>
    public IEnumerable<long> Numbers()
    {
        var now = time.GetUtcNow();
        foreach (var (number, (_, _, until)) in jobs)
        {
            if (until <= now)
            {
                jobs.TryRemove(number, out _);
            }
        }

        return jobs.Keys;
    }

    /// <summary>Leaves a job to others.</summary>
    public void Add(Job job, string fault) => jobs[job.Number] = (fault, job.Attempt, time.GetUtcNow() + Length);

    /// <summary>Why a job is not gone on with here; null where it is not set aside, or somebody took it up since.</summary>
    public string? FaultOf(Job job) => !job.IsEnded && jobs.TryGetValue(job.Number, out var one) && one.Attempt == job.Attempt ? one.Fault : null;
}
