using System.Collections.Immutable;
using RewardServer.Sandboxing.Engines;
using RewardServer.Sandboxing.Languages;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Sandboxing.Pooling;

/// <summary>
/// The one entry to the sandbox: runs untrusted programs in a fixed number of slots, first come first served.
/// </summary>
public sealed class SandboxPool : IAsyncDisposable
{
    private SandboxPool(EngineReport engine, ImmutableArray<LanguageReport> languages, int slots) =>
        (Engine, Languages, Slots) = (engine, languages, slots);

    /// <summary>Which engine was found, or why none.</summary>
    public EngineReport Engine { get; }

    /// <summary>Each language we know and whether it can be run here.</summary>
    public ImmutableArray<LanguageReport> Languages { get; }

    /// <summary>Programs that run at once.</summary>
    public int Slots { get; }

    /// <summary>Looks for an engine and for languages. Never throws for what is missing: the reports say it.</summary>
    public static Task<SandboxPool> StartAsync(SandboxOptions options, TimeProvider time, CancellationToken cancellation) =>
        throw new NotImplementedException();

    /// <summary>Runs a program once a slot is free.</summary>
    /// <param name="request">The program. Its language must be one that <see cref="Languages"/> calls available.</param>
    /// <param name="cancellation">Ends the wait or the run; the slot is clean and free again afterwards.</param>
    /// <exception cref="ArgumentException">The request is malformed: a path that leaves the scratch folder, a limit
    /// that is not positive or above its ceiling, a language that is not available.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public Task<RunResult> RunAsync(RunRequest request, CancellationToken cancellation) =>
        throw new NotImplementedException();

    /// <summary>Ends all slots and removes what they left: processes, folders, cgroups.</summary>
    public ValueTask DisposeAsync() => throw new NotImplementedException();
}
