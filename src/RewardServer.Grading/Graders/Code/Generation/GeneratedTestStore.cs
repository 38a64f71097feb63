using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Sandboxing.Pooling;

namespace RewardServer.Grading.Graders.Code.Generation;

/// <summary>Makes the generated tests of tasks, and keeps them by the hash of what they follow from.</summary>
/// <param name="sandbox">Where generators and references run.</param>
public sealed class GeneratedTestStore(SandboxPool sandbox)
{
    private const long MostBytes = 128 << 20;

    // Every language's numbers hold it exactly, and a count added to it.
    private const long LargestSeed = 1L << 52;

    private readonly ContentStore<MadeTests> kept = new(MostBytes, made => made.Bytes, made => made.Fault is null);

    /// <summary>The generated tests of a task; null where it asks for none. The candidate has no part in them.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<MadeTests?> OfAsync(CodeTask task, CancellationToken cancellation)
    {
        if (task.Generated is not { } generated)
        {
            return null;
        }

        var seed = generated.Fresh ? BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long))) & (LargestSeed - 1) : generated.Seed;
        var source = new GeneratedDetails(generated.Count, seed, KeyOf(task, generated, seed));
        Task<MadeTests> MakeAsync() => new TestMaking(sandbox, task, source).MakeAsync(cancellation);

        return generated.Fresh ? await MakeAsync().ConfigureAwait(false) : await kept.GetAsync(source.Key, MakeAsync, cancellation).ConfigureAwait(false);
    }

    private static string KeyOf(CodeTask task, GeneratedTests generated, long seed) => ContentKey.Of(
    [
        Encoding.UTF8.GetBytes(task.Language),
        JsonSerializer.SerializeToUtf8Bytes(generated with { Seed = seed, Fresh = false }, ItemJson.Options),
        JsonSerializer.SerializeToUtf8Bytes(task.Reference, ItemJson.Options),
        JsonSerializer.SerializeToUtf8Bytes(task.Checker, ItemJson.Options),
        JsonSerializer.SerializeToUtf8Bytes((task.Limits ?? new()).Resolve(), ItemJson.Options),
    ]);
}
