using RewardServer.Sandboxing.Pooling;
using RewardServer.Sandboxing.Runs;
using static RewardServer.Sandboxing.Tests.SlotsAndPools;

namespace RewardServer.Sandboxing.Tests;

/// <summary>What happens to slots and seats while two programs talk in them.</summary>
[Collection(AloneTests.Name)]
public sealed class ConversationsAndSlots
{
    private const string Asks = "print('hello', flush=True); print(input())", Answers = "print(input(), 'yourself', flush=True)";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Task<SandboxPool> StartAsync(SandboxOptions options) => RunningSandbox.StartWorkingAsync(options);

    private static Task<Conversation> TalkAsync(SandboxPool pool, string program = Asks, string partner = Answers) =>
        pool.ConverseAsync(RunningSandbox.Program(program), RunningSandbox.Program(partner), Token);

    private static void AssertTalked(Conversation talk)
    {
        Assert.True(talk.Program?.Out() == "hello\nhello yourself\n", talk.Program?.Told());
        Assert.True(talk.Partner?.Out() == "hello yourself\n", talk.Partner?.Told());
    }

    // As a program would that had found a hole: whenever something sleeps in a slot, its agent dies.
    private static async Task<T> AttackedAsync<T>(Task<T> work, int times)
    {
        var dead = new HashSet<int>();
        while (!work.IsCompleted && dead.Count < times)
        {
            foreach (var launcher in Sleepers().Select(LauncherOf).Where(dead.Add).Take(1).ToList())
            {
                Kill(launcher);
            }

            await Task.Delay(20, Token);
        }

        return await work;
    }

    [Fact]
    public async Task A_seat_keeps_both_slots_warm()
    {
        await using var pool = await StartAsync(new SandboxOptions { Slots = 1 });
        AssertTalked(await TalkAsync(pool));
        var launchers = Launchers().Order().ToList();
        Assert.Equal(2, launchers.Count);
        for (var time = 0; time < 5; time++)
        {
            AssertTalked(await TalkAsync(pool));
            Assert.Equal(RunStatus.Ok, (await pool.RunAsync(RunningSandbox.Program(""), Token)).Status);
        }

        Assert.Equal(launchers, Launchers().Order());
    }

    [Fact]
    public async Task A_seat_that_keeps_one_slot_warm_has_two_for_a_conversation()
    {
        await using var pool = await StartAsync(new SandboxOptions { Slots = 1, WarmKinds = 1 });

        // Until then its loop takes the seat now and then, which ends the companion.
        while (pool.Noise is null)
        {
            await Task.Delay(20, Token);
        }

        for (var time = 0; time < 3; time++)
        {
            AssertTalked(await TalkAsync(pool));
            Assert.Equal(2, Launchers().Count());
            Assert.Equal(RunStatus.Ok, (await pool.RunAsync(RunningSandbox.Program("import numpy") with { Fresh = time == 1 }, Token)).Status);
        }

        await pool.DisposeAsync();
        Assert.Empty(Launchers());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Conversations_and_runs_share_the_seats(int slots)
    {
        await using var pool = await StartAsync(new SandboxOptions { Slots = slots });
        var talks = Enumerable.Range(0, 12).Select(_ => TalkAsync(pool)).ToList();
        var runs = Enumerable.Range(0, 12).Select(number => pool.RunAsync(RunningSandbox.Program($"print({number})"), Token)).ToList();
        Assert.All(await Task.WhenAll(talks), AssertTalked);
        Assert.Equal(Enumerable.Range(0, 12).Select(number => $"{number}\n"), (await Task.WhenAll(runs)).Select(run => run.Out()));
        Assert.Contains(talks, talk => talk.Result.Program!.QueueSeconds > 0);
    }

    [Theory]
    [InlineData("import time; print('hello', flush=True); time.sleep(1); print(input())", Answers)]
    [InlineData(Asks, "import time; said = input(); time.sleep(1); print(said, 'yourself')")]
    public async Task A_slot_that_is_killed_costs_no_conversation(string program, string partner)
    {
        await using var pool = await StartAsync(new SandboxOptions { Slots = 1 });
        AssertTalked(await AttackedAsync(TalkAsync(pool, program, partner), 1));
        AssertTalked(await TalkAsync(pool));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_one_whose_slot_is_killed_each_time_is_the_breaker(bool isPartner)
    {
        const string sleeper = "import time; time.sleep(30)";
        await using var pool = await StartAsync(new SandboxOptions { Slots = 1 });
        Task<Conversation> Talk(string other) => isPartner ? TalkAsync(pool, other, sleeper) : TalkAsync(pool, sleeper, other);
        void AssertBroken(Conversation talk)
        {
            var (breaker, other) = isPartner ? (talk.Partner, talk.Program) : (talk.Program, talk.Partner);
            Assert.True(breaker?.Status == RunStatus.SlotBreaker, $"{breaker?.Told()} / {other?.Told()}");
            Assert.Null(other);
        }

        AssertBroken(await AttackedAsync(Talk("print(input())"), 2));
        AssertBroken(await Talk("print(input())"));
        AssertTalked(await TalkAsync(pool));
    }

    [Fact]
    public async Task A_pool_that_closes_ends_those_who_talk()
    {
        var pool = await StartAsync(new SandboxOptions { Slots = 1 });
        var talks = Enumerable.Range(0, 3).Select(_ => TalkAsync(pool, "input()", "input()")).ToList();
        await Task.Delay(300, Token);
        await pool.DisposeAsync();
        foreach (var talk in talks)
        {
            await Assert.ThrowsAsync<ObjectDisposedException>(() => talk);
        }

        await Assert.ThrowsAsync<ObjectDisposedException>(() => TalkAsync(pool));
        Assert.Empty(Launchers());
    }
}
