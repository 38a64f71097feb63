using RewardServer.Sandboxing.Pooling;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Sandboxing.Tests;

public sealed class WaitingInLine
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static async Task<SandboxPool> StartAsync(SandboxOptions options)
    {
        var pool = await RunningSandbox.StartAsync(options with { Slots = 1 });
        Assert.SkipUnless(pool.Engine.Available, $"{pool.Engine.Reason} {pool.Engine.Remedy}");

        // What is tried at the start waits in the same line.
        for (var wait = 0; wait < 500 && pool.Noise is null; wait++)
        {
            await Task.Delay(20, Token);
        }

        return pool;
    }

    [Fact]
    public async Task A_lower_number_goes_first_and_among_equals_who_came_first()
    {
        await using var pool = await StartAsync(new());
        var order = new List<int>();
        var first = pool.RunAsync(RunningSandbox.Program("import time; time.sleep(0.5)"), Token);
        async Task Wait(int number, int priority)
        {
            await pool.RunAsync(RunningSandbox.Program("1") with { Priority = priority }, Token);
            lock (order)
            {
                order.Add(number);
            }
        }

        var waiting = new List<Task>();
        foreach (var (number, priority) in new[] { (1, 5), (2, 0), (3, 5), (4, 0), (5, -1) })
        {
            waiting.Add(Wait(number, priority));
            await Task.Delay(20, Token);
        }

        await Task.WhenAll(waiting.Append(first));
        Assert.Equal([5, 2, 4, 1, 3], order);
    }

    [Fact]
    public async Task One_too_many_is_turned_away_and_one_that_gives_up_makes_room()
    {
        await using var pool = await StartAsync(new() { MaxQueued = 1 });
        var running = pool.RunAsync(RunningSandbox.Program("import time; time.sleep(0.6)"), Token);
        using var patience = new CancellationTokenSource();
        var waiting = pool.RunAsync(RunningSandbox.Program("1"), patience.Token);
        await Assert.ThrowsAsync<SandboxBusyException>(() => pool.RunAsync(RunningSandbox.Program("1"), Token));
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(0, pool.Waiting);
        Assert.Equal(RunStatus.Ok, (await pool.RunAsync(RunningSandbox.Program("1"), Token)).Status);
        Assert.Equal(RunStatus.Ok, (await running).Status);
    }

    [Fact]
    public async Task Waiting_is_told_and_not_charged()
    {
        await using var pool = await StartAsync(new());
        var first = pool.RunAsync(RunningSandbox.Program("import time; time.sleep(0.5)"), Token);
        var second = await pool.RunAsync(RunningSandbox.Program("1", limits => limits with { WallSeconds = 0.3 }), Token);
        Assert.True(second.Status == RunStatus.Ok, second.Told());
        Assert.InRange(second.QueueSeconds, 0.2, 30);
        await first;
    }

    [Fact]
    public async Task Languages_share_a_slot_s_place_and_come_back_to_warm_ones()
    {
        await using var pool = await StartAsync(new() { WarmKinds = 2 });
        for (var round = 0; round < 3; round++)
        {
            Assert.Equal(RunStatus.Ok, (await pool.RunAsync(RunningSandbox.Program("1"), Token)).Status);
            var shell = await pool.RunAsync(new RunRequest { Language = "bash", Files = [new("main.sh", "echo $((6 * 7))"u8.ToArray())] }, Token);
            Assert.True(shell.Out() == "42\n", shell.Told());
            var compiled = await pool.RunAsync(new RunRequest { Language = "csharp", Files = [new("main.cs", "System.Console.Write(42);"u8.ToArray())] }, Token);
            Assert.True(compiled.Out() == "42", compiled.Told());
        }
    }

    [Fact]
    public async Task A_pool_in_which_nobody_may_wait_can_be_closed_while_it_runs()
    {
        var pool = await StartAsync(new() { MaxQueued = 0 });
        var run = pool.RunAsync(RunningSandbox.Program("import time; time.sleep(30)"), Token);
        await Assert.ThrowsAsync<SandboxBusyException>(() => pool.RunAsync(RunningSandbox.Program("1"), Token));
        await pool.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => run);
    }

    [Theory]
    [InlineData("python", "main.py", "open('kept', 'a').write('x'); print(len(open('kept').read()))")]
    [InlineData("csharp", "main.cs", "System.IO.File.AppendAllText(\"kept\", \"x\"); System.Console.WriteLine(System.IO.File.ReadAllText(\"kept\").Length);")]
    public async Task A_session_of_each_language_keeps_its_files(string language, string file, string code)
    {
        await using var pool = await StartAsync(new());
        var session = await pool.Sessions.OpenAsync(language, 512, Token);
        for (var run = 1; run <= 3; run++)
        {
            var result = await session.RunAsync(new RunRequest { Language = language, Files = [new(file, System.Text.Encoding.UTF8.GetBytes(code))] }, Token);
            Assert.True(result.Out().Trim() == $"{run}", result.Told());
        }

        // One that is given up leaves the files as they are.
        using var patience = new CancellationTokenSource(300);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => session.RunAsync(
            RunningSandbox.Program("import time; time.sleep(30)") with { Language = language, Files = [new(file, System.Text.Encoding.UTF8.GetBytes(language == "python" ? "import time; time.sleep(30)" : "System.Threading.Thread.Sleep(30000);"))] }, patience.Token));
        var after = await session.RunAsync(new RunRequest { Language = language, Files = [new(file, System.Text.Encoding.UTF8.GetBytes(code))] }, Token);
        Assert.True(after.Out().Trim() == "4", after.Told());
    }

    [Fact]
    public async Task Without_room_for_artifacts_programs_are_compiled_each_time()
    {
        await using var pool = await StartAsync(new() { ArtifactMb = 0 });
        var program = new RunRequest { Language = "c", Files = [new("main.c", "int main(void) { return 7; }"u8.ToArray())] };
        var first = await pool.RunAsync(program, Token);
        var second = await pool.RunAsync(program, Token);
        Assert.Equal((7, 7), (first.ExitCode, second.ExitCode));
        Assert.NotEqual(first.Compilation!.Run.WallSeconds, second.Compilation!.Run.WallSeconds);
    }
}
