using System.Collections.Immutable;
using RewardServer.Grading.Completions;
using RewardServer.Sandboxing.Pooling;

namespace RewardServer.Grading.Graders.Code.Generation;

/// <summary>One making of a task's tests: for each an input, then what is expected for it.</summary>
/// <param name="sandbox">Where generator and reference run.</param>
/// <param name="task">The task.</param>
/// <param name="source">What the tests follow from.</param>
internal sealed class TestMaking(SandboxPool sandbox, CodeTask task, GeneratedDetails source)
{
    private const long MostBytes = 64 << 20;

    private readonly TestInputs inputs = new(sandbox, task.Generated!, source.Seed);
    private readonly TestOutputs outputs = new(sandbox, task);
    private readonly (TestCase? Test, Verdict? Fault)[] made = new (TestCase?, Verdict?)[source.Count];
    private int firstFault = int.MaxValue;
    private long bytes;

    /// <summary>Makes them all.</summary>
    /// <returns>The tests, or the fault of the first that could not be made.</returns>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<MadeTests> MakeAsync(CancellationToken cancellation)
    {
        var broken = inputs.Unavailable ?? outputs.Unavailable ?? await outputs.BrokenAsync(cancellation).ConfigureAwait(false);
        if (broken is not null)
        {
            return new([], source, broken);
        }

        var parallel = new ParallelOptions { MaxDegreeOfParallelism = sandbox.Slots, CancellationToken = cancellation };
        await Parallel.ForAsync(0, source.Count, parallel, async (index, token) =>
        {
            if (index < Volatile.Read(ref firstFault) && Interlocked.Read(ref bytes) <= MostBytes)
            {
                made[index] = await MakeAsync(index, token).ConfigureAwait(false);
                Count(index);
            }
        }).ConfigureAwait(false);

        var fault = made.FirstOrDefault(one => one.Fault is not null).Fault
            ?? (bytes > MostBytes ? Verdict.Skipped($"the generated tests are larger than {MostBytes >> 20} MiB together") : null);
        if (fault is not null)
        {
            return new([], source, fault);
        }

        ImmutableArray<TestCase> tests = [.. made.Select(one => one.Test!)];
        return new Judgeability(sandbox, task).FaultOf(tests) is { } reason ? new([], source, Verdict.Skipped(reason)) : new(tests, source, null);
    }

    private async Task<(TestCase? Test, Verdict? Fault)> MakeAsync(int index, CancellationToken cancellation)
    {
        var (input, fault) = await inputs.OfAsync(index, cancellation).ConfigureAwait(false);
        return fault is null ? await outputs.TestOfAsync(input!, inputs.PurposeOf(index), cancellation).ConfigureAwait(false) : (null, fault);
    }

    private void Count(int index)
    {
        if (made[index].Test is { } test)
        {
            Interlocked.Add(ref bytes, MadeTests.BytesOf(test));
            return;
        }

        // The one with the least index is told, whichever came first.
        for (var first = Volatile.Read(ref firstFault); index < first; first = Volatile.Read(ref firstFault))
        {
            Interlocked.CompareExchange(ref firstFault, index, first);
        }
    }
}
