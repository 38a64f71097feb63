using RewardServer.Grading.Graders;
using RewardServer.Grading.Rubrics;

namespace RewardServer.Compatibility.Roll;

/// <summary>A submission that was taken, from its coming until its result is forgotten.</summary>
/// <param name="id">By which its client asks for the result.</param>
/// <param name="key">The hash of all that it says: a client that got no answer submits the same again.</param>
/// <param name="bytes">What it holds in memory while it is worked on.</param>
/// <param name="start">When it came.</param>
/// <param name="skipped">The reward that its client wants where the task cannot be judged; null where it wants none.</param>
/// <param name="failures">How many submissions of the same have failed before it.</param>
/// <param name="refusals">How often the same found no room before it.</param>
internal sealed class RollRequest(string id, string key, long bytes, DateTimeOffset start, double? skipped, int failures, int refusals)
{
    private volatile RollEnd? end;

    /// <summary>By which its client asks for the result.</summary>
    public string Id => id;

    /// <summary>The hash of all that it says.</summary>
    public string Key => key;

    /// <summary>Bytes that it holds in memory while it is worked on.</summary>
    public long Bytes => bytes;

    /// <summary>When it came.</summary>
    public DateTimeOffset Start => start;

    /// <summary>The reward that its client wants where the task cannot be judged; null where it wants none.</summary>
    public double? Skipped => skipped;

    /// <summary>How many submissions of the same have failed, this one among them where it has.</summary>
    public int Failures => failures + (HasFailed ? 1 : 0);

    /// <summary>Whether its client is to be stopped where it failed: it would come a few times more, and then train on 0.</summary>
    public bool StopsTraining => RollTries.Used(Failures, refusals) >= RollTries.MostWithFailures;

    /// <summary>Whether it ended by a fault of ours.</summary>
    public bool HasFailed => end?.Item.Outcome == Outcome.Failed;

    /// <summary>How it ended; null while it is worked on.</summary>
    public RollEnd? End => end;

    /// <summary>Ends it.</summary>
    /// <param name="item">What it earned.</param>
    /// <param name="at">When.</param>
    public void EndWith(GradedItem item, DateTimeOffset at) => end = new(item, at);
}

/// <summary>How a request ended.</summary>
/// <param name="Item">What it earned.</param>
/// <param name="At">When.</param>
internal sealed record RollEnd(GradedItem Item, DateTimeOffset At);
