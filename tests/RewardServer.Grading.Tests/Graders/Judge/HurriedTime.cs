using System.Collections.Concurrent;

namespace RewardServer.Grading.Tests.Graders.Judge;

/// <summary>A clock whose timers, but those of a minute and more, ring a thousand times sooner, and which remembers what they were set to; its hands can be moved on.</summary>
internal sealed class HurriedTime : TimeProvider
{
    private readonly ConcurrentQueue<TimeSpan> set = [];
    private TimeSpan ahead;

    public IReadOnlyList<TimeSpan> Set => [.. set];

    public void MoveOn(TimeSpan by) => ahead += by;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + ahead;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        set.Enqueue(dueTime);
        return base.CreateTimer(callback, state, dueTime < TimeSpan.Zero || dueTime >= TimeSpan.FromMinutes(1) ? dueTime : dueTime / 1000, period);
    }
}
