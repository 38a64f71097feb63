using System.Diagnostics;

namespace RewardServer.CSharpCompiler.Tests;

public sealed class The_life_of_a_worker
{
    [Fact]
    public void It_does_not_grow()
    {
        using var worker = new Worker();
        CompileSome(worker, 0, 30);
        var before = State(worker);
        CompileSome(worker, 1000, 120);
        var after = State(worker);

        Assert.InRange(after.Memory - before.Memory, long.MinValue, 32 << 20);
        Assert.InRange(after.Threads, 1, 12);
        // A runtime opens one now and then; what leaks with each compilation would be a hundred.
        Assert.InRange(after.Files, 0, before.Files + 10);
    }

    // A literal and names of its own in each, so that nothing that is kept by content could stay unseen.
    private static void CompileSome(Worker worker, int first, int count)
    {
        for (var n = first; n < first + count; n++)
        {
            var code = $"Console.WriteLine(\"{n}{new string('x', 200_000)}\" + C{n}.Sum([{n}])); static class C{n} {{ public static int Sum(int[] a{n}) => a{n}.Where(x => x > {n}).Sum(); }}";
            Assert.Equal(0, worker.Compile(code).Status);
        }
    }

    private static (long Memory, int Threads, int Files) State(Worker worker)
    {
        using var process = Process.GetProcessById(worker.ProcessId);
        return (process.WorkingSet64, process.Threads.Count, Directory.EnumerateFiles($"/proc/{worker.ProcessId}/fd").Count());
    }
}
