using RewardServer.Sandboxing.Interpreters;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Sandboxing.Tests;

/// <summary>What live interpreters take of a pool: places among the sessions, and seats while their cells run.</summary>
public sealed class InterpretersAndSlots
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Task<SandboxPool> StartAsync(SandboxOptions options) => RunningSandbox.StartWorkingAsync(options);

    [Fact]
    public async Task They_count_among_the_sessions()
    {
        await using var pool = await StartAsync(new() { Slots = 1, MaxSessions = 2 });
        var session = await pool.Sessions.OpenAsync("python", 256, Token);
        var interpreter = pool.Interpreters.Open(new());
        Assert.Equal(2, pool.Sessions.Count);
        Assert.Throws<SandboxBusyException>(() => pool.Interpreters.Open(new()));
        await Assert.ThrowsAsync<SandboxBusyException>(() => pool.Sessions.OpenAsync("python", 256, Token));
        await pool.Interpreters.CloseAsync(interpreter);
        await pool.Sessions.CloseAsync(session.Id);
        Assert.Equal(0, pool.Sessions.Count);
        Assert.Throws<ArgumentException>(() => pool.Interpreters.Open(new() { MemoryMb = 0 }));
        Assert.Equal(0, pool.Sessions.Count);
    }

    [Fact]
    public async Task One_that_nobody_uses_is_closed()
    {
        await using var pool = await StartAsync(new() { Slots = 1, SessionIdleMinutes = 0.02 });
        var interpreter = pool.Interpreters.Open(new());
        var result = await interpreter.RunAsync(new() { Code = "import time; time.sleep(2); print(1)" }, Token);
        Assert.True(result.Status == CellStatus.Completed, result.Told());
        while (pool.Sessions.Count > 0)
        {
            await Task.Delay(50, Token);
        }

        Assert.True(interpreter.IsClosed);
        await Assert.ThrowsAsync<InvalidOperationException>(() => interpreter.RunAsync(new() { Code = "1" }, Token));
    }

    [Fact]
    public async Task A_cell_takes_a_seat_and_an_idle_interpreter_none()
    {
        await using var pool = await StartAsync(new() { Slots = 1 });
        var interpreters = Enumerable.Range(0, 3).Select(_ => pool.Interpreters.Open(new())).ToList();
        var cells = await Task.WhenAll(interpreters.Select(one => one.RunAsync(new() { Code = "import time\nbegan = time.monotonic()\ntime.sleep(0.5)\nprint(began, time.monotonic())" }, Token)));
        var times = cells.Select(cell => cell.Out().Split(' ').Select(text => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture)).ToArray()).OrderBy(pair => pair[0]).ToList();

        // One clock for all slots: no cell begins before the one before has ended.
        Assert.True(times[1][0] >= times[0][1] && times[2][0] >= times[1][1], string.Join(' ', cells.Select(cell => cell.Out())));
        Assert.Equal(RunStatus.Ok, (await pool.RunAsync(RunningSandbox.Program("print(1)"), Token)).Status);
    }

    // 30 s for the cell, 5 s for its end, and as long again for a slow machine: then nobody waits for an answer any longer.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(70);

    private static readonly TimeSpan Canary = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task One_that_is_silent_where_programs_can_be_run_is_late()
    {
        var result = await SilentAsync(Silence);
        Assert.True(result is { Status: CellStatus.Timeout, IsLost: true }, result.Told());
    }

    [Fact]
    public async Task One_that_is_silent_where_no_program_can_be_run_is_a_fault_of_ours()
    {
        var result = await SilentAsync(Silence, Canary);
        Assert.True(result is { Status: CellStatus.Fault, IsLost: true }, result.Told());
    }

    private static async Task<CellResult> SilentAsync(params TimeSpan[] over)
    {
        var time = new HastyTime();
        await using var pool = await SandboxPool.StartAsync(
            new() { Engine = "local", Slots = 1, AllowWithoutMemoryCgroup = RunningSandbox.WithoutCgroup }, time, Token);
        Assert.SkipUnless(pool.Engine.Available, $"{pool.Engine.Reason} {pool.Engine.Remedy}");
        var interpreter = pool.Interpreters.Open(new());
        Ended(await interpreter.RunAsync(new() { Code = "print(1)", Seconds = 20 }, Token));
        time.Over = over;
        var result = await interpreter.RunAsync(new() { Code = "import time; time.sleep(20)", Seconds = 30 }, Token);
        time.Over = [];
        return result;
    }

    private static void Ended(CellResult result) => Assert.True(result.Status == CellStatus.Completed, result.Told());

    // For which some waits are over before they begin.
    private sealed class HastyTime : TimeProvider
    {
        public volatile IReadOnlyList<TimeSpan> Over = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, Over.Contains(dueTime) ? TimeSpan.FromMilliseconds(1) : dueTime, period);
    }

    [Fact]
    public async Task A_pool_that_is_closed_ends_them()
    {
        var pool = await StartAsync(new() { Slots = 1 });
        var interpreter = pool.Interpreters.Open(new());
        var cell = interpreter.RunAsync(new() { Code = "import time; time.sleep(60)", Seconds = 100 }, Token);
        await Task.Delay(300, Token);
        await pool.DisposeAsync();
        await Assert.ThrowsAnyAsync<InvalidOperationException>(() => cell);
        Assert.Throws<ObjectDisposedException>(() => pool.Interpreters.Open(new()));
    }
}
