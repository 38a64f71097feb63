using System.Collections.Immutable;
using RewardServer.Sandboxing.Engines;
using RewardServer.Sandboxing.Interpreters;
using RewardServer.Sandboxing.Languages;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Sandboxing.Pooling;

/// <summary>
/// The one entry to the sandbox: runs untrusted programs in a fixed number of slots, first come first served.
/// </summary>
public sealed class SandboxPool : IAsyncDisposable
{
    private readonly SandboxStart start;
    private readonly SandboxOptions options;
    private readonly Seating seating;
    private readonly KnownBreakers breakers = new();
    private readonly KnownLanguages languages;
    private readonly ContentStore<Compilation> artifacts;
    private readonly CancellationTokenSource closing = new();

    private readonly Probing probing;
    private readonly Task calibration = Task.CompletedTask;
    private int closed, measured;

    private SandboxPool(SandboxStart start, SandboxOptions options, TimeProvider time)
    {
        (this.start, this.options) = (start, options);
        seating = new(options.MaxQueued, time, closing.Token);
        artifacts = ArtifactStore.Of((long)options.ArtifactMb << 20);
        Execution = new(seating, breakers);
        probing = new(closing.Token);
        languages = new(start, time, closing.Token);
        var places = new SessionPlaces(options.MaxSessions);
        Sessions = new SandboxSessions(this, options, places, time);
        Interpreters = new PythonInterpreters(this, seating, options, places, time);
        seating.Open(start.Seats);
        SandboxMetrics.Watch(this);
        if (languages.Here.Any(language => language.Name == "python"))
        {
            calibration = Task.Run(CalibrateAsync);
        }
    }

    /// <summary>Which engine was found, or why none; and why the last slot could not be made, where one could not.</summary>
    public EngineReport Engine => start.Engine?.Failure is { } failure ? start.Report with { Reason = failure } : start.Report;

    /// <summary>
    /// Each language we know and whether it was found here; and why the last slot for it could not be made, where one could
    /// not. It stays available then: its programs are tried, and fail with the reason while it holds.
    /// </summary>
    public ImmutableArray<LanguageReport> Languages => start.Engine?.Failure is null ? languages.Reports : [.. languages.Reports.Select(Reported)];

    /// <summary>
    /// Looks again for what is missing where somebody asks for it, at most every 3 seconds: for images that were built, and
    /// programs that were installed, since the start. <see cref="Languages"/> says afterwards what was found.
    /// </summary>
    /// <param name="language">The language that is asked for; null for all. One that is here costs nothing.</param>
    /// <param name="cancellation">Ends the wait, which is of 5 seconds at most.</param>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public Task LookAgainAsync(string? language, CancellationToken cancellation) => languages.LookAgainAsync(language, cancellation);

    /// <summary>Programs that run at once.</summary>
    public int Slots => start.Seats.Length;

    /// <summary>The size of a run's scratch folder in MiB, in which its files have to find room.</summary>
    public int ScratchMb => options.ScratchMb;

    /// <summary>Programs that wait for a slot now.</summary>
    public int Waiting => seating.Waiting;

    /// <summary>Sequences of runs that keep their files.</summary>
    public SandboxSessions Sessions { get; }

    /// <summary>Interpreters that keep their state.</summary>
    public PythonInterpreters Interpreters { get; }

    /// <summary>The name that the main file of a language's program gets where nobody says another.</summary>
    /// <exception cref="ArgumentException">The language is not available.</exception>
    public string MainFileOf(string language) => Find(language).MainFile;

    internal bool IsClosed => closed != 0;

    internal ISlotEngine? SlotEngine => start.Engine;

    internal Execution Execution { get; }

    /// <summary>Looks for an engine and for languages. Never throws for what is missing: the reports say it.</summary>
    /// <exception cref="ArgumentException">A number of the settings is out of its range.</exception>
    public static async Task<SandboxPool> StartAsync(SandboxOptions options, TimeProvider time, CancellationToken cancellation) =>
        new(await SandboxStart.TryAsync(options, time, cancellation).ConfigureAwait(false), options, time);

    /// <summary>Compiles a program, where its language asks for it and it is not known, and runs it, once a slot is free.</summary>
    /// <param name="request">The program. Its language must be one that <see cref="Languages"/> calls available.</param>
    /// <param name="cancellation">Ends the wait or the run; the slot is clean and free again afterwards.</param>
    /// <exception cref="ArgumentException">The request is malformed: a path that leaves the scratch folder, a limit
    /// that is not positive or above its ceiling, a language that is not available.</exception>
    /// <exception cref="SandboxBusyException">Too many programs wait.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    /// <exception cref="ObjectDisposedException">The pool is closed.</exception>
    public Task<RunResult> RunAsync(RunRequest request, CancellationToken cancellation) => RunAsync(request, null, cancellation);

    /// <summary>Compiles a program, where it is not known, without running it. A later <see cref="RunAsync(RunRequest, CancellationToken)"/> of the same files finds what was made.</summary>
    /// <param name="request">The program; its input and its limits do not matter.</param>
    /// <param name="cancellation">Ends the wait or the compilation.</param>
    /// <returns>What became of it; null where programs of the language are run as they are.</returns>
    /// <exception cref="ArgumentException">The request is malformed.</exception>
    /// <exception cref="SandboxBusyException">Too many programs wait.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    /// <exception cref="ObjectDisposedException">The pool is closed.</exception>
    public async Task<Compilation?> CompileAsync(RunRequest request, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(closed != 0, this);
        var language = Find(request.Language);
        RequestCheck.Check(request, options);
        return language.Compile is { } step ? await CompileAsync(language, step, request, cancellation).ConfigureAwait(false) : null;
    }

    /// <summary>
    /// Has two programs talk: each reads, after its own input, what the other writes to its standard output, as soon as it
    /// is written. Both are compiled first. They run at once, each in a slot of its own under its own limits, and take the
    /// place of one program. Waiting for the other is wall time. When one closes its output or ends, the other comes to the
    /// end of its input, and may go on; what it still writes is kept, and read by nobody. Who writes more than is kept is
    /// ended at once.
    /// </summary>
    /// <param name="program">The program, whose priority counts.</param>
    /// <param name="partner">Whom it talks to, such as an interactor.</param>
    /// <param name="cancellation">Ends the wait or both runs; their slots are clean and free again afterwards.</param>
    /// <exception cref="ArgumentException">A request is malformed, as for a run.</exception>
    /// <exception cref="SandboxBusyException">Too many programs wait.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    /// <exception cref="ObjectDisposedException">The pool is closed.</exception>
    public Task<Conversation> ConverseAsync(RunRequest program, RunRequest partner, CancellationToken cancellation) =>
        new Conversing(this, seating, breakers).RunAsync(program, partner, cancellation);

    /// <summary>How well this machine can measure; null until the loop that is tried at the start has run, in the background.</summary>
    public TimingNoise? Noise { get; private set; }

    /// <summary>Measures a program's CPU time beside a reference's: both run in turn on one processor.</summary>
    /// <param name="program">The program.</param>
    /// <param name="reference">What it is compared with.</param>
    /// <param name="rounds">How often each runs, from 3 to 100.</param>
    /// <param name="cancellation">Ends the wait or the runs.</param>
    /// <param name="accepts">
    /// Whether a run of the program that ended well did its work, too; all do where silent. One that now and then does
    /// nothing would else be the fastest.
    /// </param>
    /// <returns>The measurement; or the first run of either that did not end well, and whether it is the reference's.</returns>
    /// <exception cref="ArgumentException">A request is malformed.</exception>
    /// <exception cref="SandboxBusyException">Too many programs wait.</exception>
    public async Task<(Measurement? Measurement, RunResult? Failed, bool IsReference)> MeasureAsync(
        RunRequest program, RunRequest reference, int rounds, CancellationToken cancellation, Func<RunResult, Task<bool>>? accepts = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rounds, 3);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rounds, 100);

        var (own, other) = (program with { Fresh = true }, reference with { Fresh = true });
        var processor = Interlocked.Increment(ref measured) % Math.Max(1, Environment.ProcessorCount);
        return await Stopwatches.MeasureAsync(
            isReference => RunAsync(isReference ? other : own, null, cancellation, processor), rounds, accepts ?? (_ => Task.FromResult(true))).ConfigureAwait(false);
    }

    /// <summary>
    /// Whether programs can be run now, however busy the slots are: makes a fresh slot beside them, in which a canary runs.
    /// Probes are made one at a time.
    /// </summary>
    /// <param name="language">Whose slot is tried; null for the first language that is available.</param>
    /// <param name="cancellation">Ends the probe.</param>
    /// <returns>Null where it ran, else why not.</returns>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    /// <exception cref="ObjectDisposedException">The pool is closed.</exception>
    public async Task<string?> ProbeAsync(string? language, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(closed != 0, this);
        var tried = languages.Here.FirstOrDefault(known => language is null || known.Name == language);
        if (start.Engine is null || tried is null)
        {
            return start.Report.Reason
                ?? languages.Reports.FirstOrDefault(report => language is null || report.Name == language)?.Reason
                ?? $"no program in {language ?? "any language"} can be run now";
        }

        return await probing.ProbeAsync(start.Engine, tried, cancellation).ConfigureAwait(false);
    }

    /// <summary>Ends all slots and removes what they left: processes, folders, cgroups, containers.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref closed, 1) != 0)
        {
            return;
        }

        SandboxMetrics.Forget(this);
        if (start.Engine is null)
        {
            return;
        }

        // Those who wait are turned away; those who run are cancelled, and bring back their seats.
        await closing.CancelAsync().ConfigureAwait(false);
        await Sessions.CloseAllAsync().ConfigureAwait(false);
        await Interpreters.CloseAllAsync().ConfigureAwait(false);
        await seating.CloseAsync(start.Seats.Length).ConfigureAwait(false);
        await calibration.ConfigureAwait(false);
        await probing.DisposeAsync().ConfigureAwait(false);
        await languages.EndAsync().ConfigureAwait(false);
        await SandboxStart.EndAsync(start.Engine, start.Seats).ConfigureAwait(false);
        closing.Dispose();
    }

    /// <param name="request">The program.</param>
    /// <param name="own">The slot of a session, whose files stay; null for whichever is free.</param>
    /// <param name="cancellation">Ends the wait or the run.</param>
    /// <param name="processor">The processor that it stays on; null for any.</param>
    internal async Task<RunResult> RunAsync(RunRequest request, WarmSlot? own, CancellationToken cancellation, int? processor = null)
    {
        var (prepared, failed) = await PrepareAsync(request, own, cancellation).ConfigureAwait(false);
        if (prepared is null)
        {
            return failed!;
        }

        var (language, kind, run, compilation) = prepared;
        var result = await Execution.RunAsync(language, kind, run with { Processor = processor }, own, request.Priority, cancellation).ConfigureAwait(false);
        SandboxMetrics.Count(language.Name, result);
        return result with { Compilation = compilation };
    }

    /// <summary>Checks a program, and compiles it where its language asks for it.</summary>
    /// <returns>Its run; or its result, where it does not come to that.</returns>
    internal async Task<(PreparedRun? Run, RunResult? Failed)> PrepareAsync(RunRequest request, WarmSlot? own, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(closed != 0, this);
        var language = Find(request.Language);
        RequestCheck.Check(request, options);
        var files = request.Files.AddRange(request.DataFiles);
        Compilation? compilation = null;
        if (language.Compile is { } step)
        {
            compilation = await CompileAsync(language, step, request, cancellation).ConfigureAwait(false);
            if (!compilation.Succeeded)
            {
                return (null, CompileStepReading.ResultOf(compilation));
            }

            var made = compilation.Artifacts;
            files = [.. made, .. files.Skip(1).Where(file => made.All(artifact => artifact.Path != file.Path))];
        }

        var zygote = own is null && !request.Fresh && options.PythonZygote ? language.ZygoteFor(files) : null;
        var run = new AgentRun(language.CommandFor(request.Files[0].Path, request.Assertions), language.Environment, files, request.Stdin, request.Limits)
        {
            WithReport = request.WithReport,
            OutputFiles = request.OutputFiles,
            KeepsScratch = own is not null,
            ByResident = zygote is not null,
        };
        return (new(language, start.Engine!.KindFor(language, zygote ?? language.Resident, run.Limits.MemoryMb), run, compilation), null);
    }

    internal Language Find(string name) => languages.Here.FirstOrDefault(known => known.Name == name)
        ?? throw new ArgumentException($"The language '{name}' is not available.");

    private Task<Compilation> CompileAsync(Language language, CompileStep step, RunRequest request, CancellationToken cancellation) =>
        artifacts.GetAsync(
            ArtifactStore.KeyOf(language, request.Files),
            async () =>
            {
                var run = CompileStepReading.RunOf(language, step, request.Files);
                var kind = start.Engine!.KindFor(language, language.Resident, run.Limits.MemoryMb);
                return CompileStepReading.Read(step, await Execution.RunAsync(language, kind, run, null, request.Priority, cancellation).ConfigureAwait(false));
            },
            cancellation);

    private async Task CalibrateAsync()
    {
        try
        {
            Noise = await Stopwatches.CalibrateAsync(request => RunAsync(request, null, closing.Token, 0)).ConfigureAwait(false);
        }
        catch (Exception ended) when (ended is ObjectDisposedException or OperationCanceledException or SandboxBusyException)
        {
            // The pool was closed, or busy from its first moment: then nothing is known of its noise.
        }
    }

    private LanguageReport Reported(LanguageReport found) =>
        languages.Here.FirstOrDefault(language => language.Name == found.Name) is { } language
        && start.Engine!.FailureOf(start.Engine.KindFor(language, null, SlotKind.MemoryClasses[0]).Image) is { } failure
            ? found with { Reason = failure }
            : found;
}
