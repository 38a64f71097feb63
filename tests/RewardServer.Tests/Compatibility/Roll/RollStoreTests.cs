using RewardServer.Compatibility.Roll;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Rubrics;

namespace RewardServer.Tests.Compatibility.Roll;

/// <summary>What is kept of submissions, and for how long.</summary>
public sealed class RollStoreTests
{
    private readonly Clock clock = new();
    private readonly RollStore store;

    public RollStoreTests() => store = new(clock);

    [Fact]
    public void A_result_is_forgotten_after_its_age()
    {
        var request = Ended("a", Outcome.Scored);
        clock.Now += RollStore.Age;
        Assert.Same(request, store.Find(request.Id));
        clock.Now += TimeSpan.FromSeconds(1);
        Assert.Null(store.Find(request.Id));
        Assert.NotEqual(request.Id, store.Take("a", 1, null).Request!.Id);
    }

    [Fact]
    public void What_is_worked_on_is_never_forgotten()
    {
        var request = store.Take("a", 1, null).Request!;
        clock.Now += TimeSpan.FromDays(1);
        Assert.Same(request, store.Find(request.Id));
        Assert.Equal((request, false), store.Take("a", 1, null));
    }

    [Fact]
    public void There_is_room_for_so_many_and_again_when_one_ends()
    {
        for (var i = 0; i < RollStore.MostPending; i++)
        {
            Assert.NotNull(store.Take($"{i}", 1, null).Request);
        }

        Assert.Null(store.Take("one more", 1, null).Request);
        End(store.Take("0", 1, null).Request!, Outcome.Scored);
        Assert.NotNull(store.Take("one more", 1, null).Request);
    }

    [Fact]
    public void There_is_room_for_so_many_bytes_and_always_for_one()
    {
        var large = store.Take("large", 2 * RollStore.MostBytes, null).Request!;
        Assert.Null(store.Take("small", 1, null).Request);
        End(large, Outcome.Failed);
        Assert.NotNull(store.Take("small", RollStore.MostBytes, null).Request);
    }

    [Fact]
    public void Of_too_many_results_the_first_are_forgotten_first()
    {
        var first = Ended("first", Outcome.Scored);
        for (var i = 0; i < RollStore.MostEnded; i++)
        {
            Ended($"{i}", Outcome.Scored);
        }

        Assert.Null(store.Find(first.Id));
        Assert.NotNull(store.Take("0", 1, null).Request!.End);
    }

    [Fact]
    public void Failures_of_the_same_are_counted_until_one_is_scored()
    {
        Assert.Equal(1, Ended("a", Outcome.Failed).Failures);
        Assert.Equal(2, Ended("a", Outcome.Failed).Failures);
        Assert.Equal(1, Ended("b", Outcome.Failed).Failures);
        Assert.Equal(2, Ended("a", Outcome.Scored).Failures);
        Assert.False(store.Take("a", 1, null).IsNew);
    }

    [Fact]
    public void What_was_skipped_is_looked_at_again_for_its_task_may_be_there_now()
    {
        Ended("a", Outcome.Skipped);
        Assert.True(store.Take("a", 1, null).IsNew);
    }

    [Fact]
    public void A_client_that_finds_no_room_is_stopped_before_it_has_come_for_the_last_time()
    {
        Assert.Equal(20, Enumerable.Range(1, 25).First(_ => store.Refuse("a")));
        Assert.False(store.Refuse("b"));
        clock.Now += RollStore.Age + TimeSpan.FromSeconds(1);
        Assert.False(store.Refuse("a"));
    }

    // Of five times five calls a failure may use up five.
    [Theory]
    [InlineData(1, 14)]
    [InlineData(2, 9)]
    public void Failures_and_refusals_count_together(int failures, int refusals)
    {
        for (var i = 0; i < failures; i++)
        {
            Assert.False(Ended("a", Outcome.Failed).StopsTraining);
        }

        for (var i = 0; i < refusals; i++)
        {
            Assert.False(store.Refuse("a"));
        }

        Assert.True(store.Refuse("a"));
        Assert.True(Ended("a", Outcome.Failed).StopsTraining);
    }

    private RollRequest Ended(string key, Outcome outcome)
    {
        var (request, isNew) = store.Take(key, 1, null);
        Assert.True(isNew);
        End(request!, outcome);
        return request!;
    }

    private void End(RollRequest request, Outcome outcome)
    {
        request.EndWith(new GradedItem(request.Id, outcome, outcome == Outcome.Scored ? 1 : null, null, []), clock.Now);
        store.Ended(request);
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
