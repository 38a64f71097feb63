using System.Runtime.InteropServices;
using RewardServer.Training.Optimization;
using RewardServer.Training.Planning;
using RewardServer.Training.Policies;
using RewardServer.Training.Tests.Policies;
using RewardServer.Training.Tests.Runs;
using static TorchSharp.torch;

namespace RewardServer.Training.Tests.Planning;

/// <summary>What passes take of the process's memory, beside what is planned. Alone, for it measures the whole process.</summary>
[Collection(nameof(MemoryTests))]
public sealed class MeasuredMemoryTests
{
    private static readonly PolicyShape Shape = new()
    {
        VocabularySize = 64, HiddenSize = 64, Layers = 12, Heads = 4, KeyValueHeads = 2, HeadSize = 16, IntermediateSize = 256, MaxPositions = 128,
    };

    private static readonly TokenSequence[] Sequences = [.. Enumerable.Range(0, 32).Select(i => new TokenSequence(SmallPolicy.Tokens(64, i, 64), 1))];

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.BFloat16)]
    public void Gradient_checkpointing_takes_a_part_of_the_memory_and_no_more_than_is_planned(ScalarType type)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "glibc tells how much is in use");
        using var policy = new Policy(Shape, CPU, type);
        policy.Initialise(1);
        // Once before, so that what is made once is there.
        var (warm, _) = Pass(policy);
        var (forward, peak) = Pass(policy);
        policy.GradientCheckpointing = true;
        var (kept, saved) = Pass(policy);

        var (plain, checkpointed) = (Planned(type, false), Planned(type, true));
        var seen = $"kept after the forward pass {forward} and with checkpointing {kept}, at most {peak} and {saved}; planned {plain} and {checkpointed}; at first {warm}";
        Assert.True(3 * saved < peak, seen);
        Assert.True(5 * kept < forward, seen);
        Assert.True(peak <= plain && saved <= checkpointed, seen);
        Assert.True(2 * peak > plain, seen);
    }

    private static long Planned(ScalarType type, bool checkpointing) => PassMemory.Of(Shape, type, 32 * 64, 128, checkpointing).All;

    // Bytes above those before: after the forward pass, and the most that was seen until the backward pass was done.
    private static (long Forward, long Peak) Pass(Policy policy)
    {
        var before = InUse();
        long forward;
        var peak = 0L;
        var done = false;
        var watching = new Thread(() =>
        {
            while (!Volatile.Read(ref done))
            {
                peak = Math.Max(peak, InUse());
                Thread.Yield();
            }
        });
        watching.Start();
        using (NewDisposeScope())
        {
            var loss = -TokenBatch.Pack(Sequences, 4096).Single().LogProbabilitiesOf(policy).mean();
            forward = InUse();
            policy.Backward(loss);
        }

        Volatile.Write(ref done, true);
        watching.Join();
        return (forward - before, Math.Max(peak, forward) - before);
    }

    private static long InUse()
    {
        var all = mallinfo2();
        return (long)(all.InUse + all.Mapped);
    }

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern Allocated mallinfo2();

    // As malloc.h has it, of all arenas.
    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Allocated(
        nuint Arena, nuint FreeChunks, nuint SmallChunks, nuint MappedChunks, nuint Mapped, nuint MostUsed, nuint SmallFree, nuint InUse, nuint Free, nuint Top);
}
