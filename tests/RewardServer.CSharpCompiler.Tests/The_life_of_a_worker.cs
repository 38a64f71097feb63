namespace RewardServer.CSharpCompiler.Tests;

public sealed class The_life_of_a_worker
{
    [Fact]
    public async Task It_ends_when_the_agent_does()
    {
        await using var worker = new Worker();
        await worker.InitializeAsync();
        var process = worker.Process;
        await worker.HangUpAsync();
        Assert.Equal(0, process.ExitCode);
        Assert.Equal("", await worker.WordsAsync());
    }

    [Fact]
    public async Task It_does_not_grow()
    {
        await using var worker = new Worker();
        await worker.InitializeAsync();
        for (var n = 0; n < 30; n++)
        {
            await worker.CompileAsync(Source(n));
        }

        worker.Process.Refresh();
        var before = worker.Process.WorkingSet64;
        var open = OpenFiles(worker.Process);
        for (var n = 0; n < 120; n++)
        {
            Assert.Equal(0, (await worker.CompileAsync(Source(1000 + n))).Status);
        }

        worker.Process.Refresh();
        Assert.InRange(worker.Process.WorkingSet64 - before, long.MinValue, 64 << 20);
        Assert.InRange(worker.Process.Threads.Count, 1, 12);
        Assert.Equal(open, OpenFiles(worker.Process));
    }

    // A literal of its own in each, so that nothing that is kept by content could stay unseen.
    private static string Source(int n) =>
        $"Console.WriteLine(\"{n}{new string('x', 20_000)}\" + new C{n}().Sum([{n}])); class C{n} {{ public int Sum(int[] a{n}) => a{n}.Where(x => x > {n}).Sum(); }}";

    private static int OpenFiles(System.Diagnostics.Process process) => Directory.EnumerateFiles($"/proc/{process.Id}/fd").Count();
}
