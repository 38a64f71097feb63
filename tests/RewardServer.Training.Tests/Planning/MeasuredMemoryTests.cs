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
    [InlineData(ScalarType.Float32, false)]
    [InlineData(ScalarType.BFloat16, false)]
    [InlineData(ScalarType.Float32, true)]
    public void Gradient_checkpointing_takes_a_part_of_the_memory_and_no_more_than_is_planned(ScalarType type, bool adapted)
    {
        RequireGlibc();
        using var whole = new Policy(Shape, CPU, type);
        whole.Initialise(1);
        using var policy = adapted ? SmallLora.Fresh(whole, SmallLora.All, type) : null;
        var learner = policy ?? whole;
        long Planned(bool checkpointing) => PassMemory.Of(Shape, type, 32 * 64, 128, checkpointing, adapted: adapted).All;
        var (plain, checkpointed) = (Planned(false), Planned(true));
        // Once before, so that what is made once is there.
        var (warm, _) = Pass(learner);
        var (forward, peak) = Passes(learner, plain);
        learner.GradientCheckpointing = true;
        var (kept, saved) = Passes(learner, checkpointed);

        var seen = $"kept after the forward pass {forward} and with checkpointing {kept}, at most {peak} and {saved}; planned {plain} and {checkpointed}; at first {warm}";
        Assert.True(3 * saved < peak, seen);
        Assert.True(5 * kept < forward, seen);
        Assert.True(peak <= plain && saved <= checkpointed, seen);
        Assert.True(2 * peak > plain && 2 * saved > checkpointed, seen);
    }

    [Theory]
    [InlineData(ScalarType.Float32, false)]
    [InlineData(ScalarType.BFloat16, false)]
    [InlineData(ScalarType.BFloat16, true)]
    public void The_memory_of_a_policy_is_given_back_with_it(ScalarType type, bool offload)
    {
        RequireGlibc();
        var shape = Shape with { VocabularySize = 16_384 };
        long Of(Action<Policy> use)
        {
            using var policy = new Policy(shape, CPU, type, offload);
            use(policy);
            return shape.Parameters * 4;
        }

        // Once before, so that what is made once is there.
        var masters = Of(policy => Backward(policy, Sequences[..1]));
        var before = InUse();
        long held = 0;
        Of(policy =>
        {
            Backward(policy, Sequences[..1]);
            held = InUse() - before;
        });
        var left = InUse() - before;
        Assert.True(held >= 2 * masters, $"{held} bytes with the policy");
        // The smallest of its tensors has half of that.
        Assert.True(left < masters / 4, $"{left} bytes after it, whose masters were {masters}");
    }

    private static void RequireGlibc() => Assert.SkipUnless(OperatingSystem.IsLinux(), "glibc tells how much is in use");

    // On a busy machine whoever watches may look away when most is in use: passes are taken until half of what is planned was seen.
    private static (long Forward, long Peak) Passes(Policy policy, long planned)
    {
        var (forward, peak) = Pass(policy);
        for (var i = 0; i < 20 && 2 * peak <= planned; i++)
        {
            peak = Math.Max(peak, Pass(policy).Peak);
        }

        return (forward, peak);
    }

    // Bytes above those before: after the forward pass, and the most that was seen until the backward pass was done.
    private static (long Forward, long Peak) Pass(Policy policy)
    {
        var before = InUse();
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
        var forward = Backward(policy, Sequences);
        Volatile.Write(ref done, true);
        watching.Join();
        return (forward - before, Math.Max(peak, forward) - before);
    }

    // Bytes in use after the forward pass.
    private static long Backward(Policy policy, TokenSequence[] sequences)
    {
        using var scope = NewDisposeScope();
        var loss = -TokenBatch.Pack(sequences, 4096).Single().LogProbabilitiesOf(policy).mean();
        var forward = InUse();
        policy.Backward(loss);
        return forward;
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
