using System.Collections.Immutable;
using RewardServer.Sandboxing.Engines;
using RewardServer.Sandboxing.Engines.Docker;
using RewardServer.Sandboxing.Languages;

namespace RewardServer.Sandboxing.Pooling;

/// <summary>What a pool begins with: its seats with their slots, and what was found out by trying them.</summary>
internal sealed record SandboxStart(
    EngineReport Report, ImmutableArray<LanguageReport> Reports, ImmutableArray<Language> Languages, WatchedEngine? Engine, ImmutableArray<Seat> Seats)
{
    public static async Task<SandboxStart> TryAsync(SandboxOptions options, TimeProvider time, CancellationToken cancellation)
    {
        if (options.Errors().ToList() is { Count: > 0 } errors)
        {
            // Not a machine without a sandbox but a mistake, which must not end as code that is silently skipped.
            throw new ArgumentException(string.Join("; ", errors), nameof(options));
        }

        if (options.Engine == "none")
        {
            return None(EngineRefusal.Of("The sandbox is switched off (Sandbox:Engine is \"none\").", "Set Sandbox:Engine to \"auto\"."));
        }

        var (engine, refusal) = await FindAsync(options, time, cancellation).ConfigureAwait(false);
        return engine is null ? None(refusal!) : await StartAsync(new WatchedEngine(engine), options, cancellation).ConfigureAwait(false);
    }

    public static async Task EndAsync(ISlotEngine engine, ImmutableArray<Seat> seats)
    {
        await Task.WhenAll(seats.Select(seat => seat.DisposeAsync().AsTask())).ConfigureAwait(false);
        await engine.DisposeAsync().ConfigureAwait(false);
    }

    private static async Task<(ISlotEngine? Engine, EngineReport? Refusal)> FindAsync(
        SandboxOptions options, TimeProvider time, CancellationToken cancellation)
    {
        if (options.Engine is "docker" or "auto")
        {
            var (docker, refusal) = await DockerEngine.FindAsync(options, time, cancellation).ConfigureAwait(false);
            if (docker is not null || options.Engine == "docker")
            {
                return (docker, refusal);
            }
        }

        return LocalEngine.Find(options, time);
    }

    private static async Task<SandboxStart> StartAsync(WatchedEngine engine, SandboxOptions options, CancellationToken cancellation)
    {
        var count = options.Slots == 0 ? Math.Min(Environment.ProcessorCount, SandboxOptions.MaxSlots) : options.Slots;
        var seats = Enumerable.Range(0, count).Select(_ => new Seat(engine, options)).ToImmutableArray();
        try
        {
            var here = new List<Language>();
            var reports = new List<LanguageReport>();
            foreach (var language in LanguageCatalog.For(engine))
            {
                var missing = await engine.FindMissingAsync(language, cancellation).ConfigureAwait(false);
                reports.Add(missing ?? new LanguageReport(language.Name, true, null, null, null));
                here.AddRange(missing is null ? [language] : []);
            }

            await Task.WhenAll(seats.Select(seat => WarmAsync(engine, seat, here.FirstOrDefault(), cancellation))).ConfigureAwait(false);
            await TryOutAsync(engine, seats[0], here, reports, cancellation).ConfigureAwait(false);
            return new SandboxStart(
                new EngineReport(engine.Name, true, engine.Description, null, null), [.. reports], [.. here], engine, seats);
        }
        catch (SlotBrokenException broken)
        {
            await EndAsync(engine, seats).ConfigureAwait(false);
            return None(engine.Name == "local"
                ? EngineRefusal.OfFailedStart(broken.Message)
                : EngineRefusal.Of("A sandbox cannot be made here: " + broken.Message, "Build the images again: sandbox-images/build"));
        }
        catch
        {
            // Whatever ends the start, it goes on to the caller, and no slot is left behind.
            await EndAsync(engine, seats).ConfigureAwait(false);
            throw;
        }
    }

    private static SandboxStart None(EngineReport report) =>
        new(report, [.. LanguageCatalog.For(_ => true).Select(language => new LanguageReport(language.Name, false, null, report.Reason, report.Remedy))], [], null, []);

    private static async Task WarmAsync(WatchedEngine engine, Seat seat, Language? first, CancellationToken cancellation)
    {
        if (first is not null)
        {
            var place = await seat.PlaceAsync(engine.KindFor(first, first.Resident, SlotKind.MemoryClasses[1])).ConfigureAwait(false);
            await place.RenewAsync(cancellation).ConfigureAwait(false);
        }
    }

    // By running them: that a program is there says nothing of whether it starts inside. Only what the warm slot has is
    // tried: a slot for each image would take the start's time.
    private static async Task TryOutAsync(
        WatchedEngine engine, Seat seat, List<Language> here, List<LanguageReport> reports, CancellationToken cancellation)
    {
        if (here.FirstOrDefault() is not { } first)
        {
            return;
        }

        var kind = engine.KindFor(first, first.Resident, SlotKind.MemoryClasses[1]);
        foreach (var language in here.Where(language => engine.KindFor(language, null, SlotKind.MemoryClasses[1]).Image == kind.Image).ToList())
        {
            var place = await seat.PlaceAsync(kind).ConfigureAwait(false);
            var answer = await place.RunAsync(Retry.Canary(language), cancellation).ConfigureAwait(false);
            var at = reports.FindIndex(report => report.Name == language.Name);
            reports[at] = CanaryReading.Read(language, answer);
            if (!reports[at].Available)
            {
                here.Remove(language);
            }
        }
    }
}
