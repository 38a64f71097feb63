using System.Collections.Immutable;
using RewardServer.Sandboxing.Engines;
using RewardServer.Sandboxing.Languages;

namespace RewardServer.Sandboxing.Pooling;

/// <summary>
/// Which languages can be run. One that was missing at the start is looked for again when somebody asks for it: an image
/// that is built beside the server needs no restart.
/// </summary>
/// <param name="start">What was found at the start.</param>
/// <param name="time">The clock.</param>
/// <param name="closing">Ends a look, and all that would follow.</param>
internal sealed class KnownLanguages(SandboxStart start, TimeProvider time, CancellationToken closing)
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private long begun = time.GetTimestamp();
    private Task look = Task.CompletedTask;
    private volatile Found found = new(start.Reports, start.Languages);

    /// <summary>Each language we know, and whether it is here.</summary>
    public ImmutableArray<LanguageReport> Reports => found.Reports;

    /// <summary>Those that are here.</summary>
    public ImmutableArray<Language> Here => found.Here;

    /// <summary>
    /// Looks for what is missing, unless that was done just now. All who ask share one look; it goes on where they do not
    /// wait for its end, which they do for some seconds from its begin at most.
    /// </summary>
    /// <param name="name">The language that is asked for; null for all.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task LookAgainAsync(string? name, CancellationToken cancellation)
    {
        if (start.Engine is not { } engine || !Reports.Any(report => !report.Available && (name is null || report.Name == name)))
        {
            return;
        }

        Task current;
        TimeSpan left;
        lock (gate)
        {
            if (look.IsCompleted && time.GetElapsedTime(begun) >= Between && !closing.IsCancellationRequested)
            {
                begun = time.GetTimestamp();
                look = Task.Run(() => LookAsync(engine), CancellationToken.None);
            }

            (current, left) = (look, Patience - time.GetElapsedTime(begun));
        }

        try
        {
            await current.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, time, cancellation).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // An engine that is slow or away: what was known holds until the look ends.
        }
    }

    /// <summary>Waits for the end of a look, which the pool's end cuts short.</summary>
    public Task EndAsync()
    {
        lock (gate)
        {
            return look;
        }
    }

    private async Task LookAsync(WatchedEngine engine)
    {
        foreach (var language in LanguageCatalog.For(engine).Where(one => !Here.Any(known => known.Name == one.Name)))
        {
            try
            {
                var missing = await engine.FindMissingAsync(language, closing).ConfigureAwait(false);
                Learn(language, missing ?? await TryAsync(engine, language).ConfigureAwait(false));
            }
            catch (Exception failure) when (failure is SlotBrokenException or OperationCanceledException)
            {
                // Nothing is learnt of a language whose slot cannot be made, or of an engine that does not answer; the next
                // look tries again.
            }
        }
    }

    // As at the start: that a program is there says nothing of whether it starts inside.
    private async Task<LanguageReport> TryAsync(WatchedEngine engine, Language language)
    {
        await using var beside = new WarmSlot(engine, engine.KindFor(language, language.Resident, SlotKind.MemoryClasses[0]), 1);
        return CanaryReading.Read(language, await beside.RunAsync(Retry.Canary(language), closing).ConfigureAwait(false));
    }

    private void Learn(Language language, LanguageReport report)
    {
        var (reports, here) = (found.Reports, found.Here);
        var at = reports.Select((known, index) => (known.Name, index)).Single(known => known.Name == language.Name).index;
        found = new(
            reports.SetItem(at, report),
            report.Available ? [.. here.Add(language).OrderBy(one => reports.Select(known => known.Name).ToList().IndexOf(one.Name))] : here);
    }

    private sealed record Found(ImmutableArray<LanguageReport> Reports, ImmutableArray<Language> Here);
}
