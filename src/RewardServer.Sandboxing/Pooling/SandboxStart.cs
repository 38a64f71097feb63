using System.Collections.Immutable;
using System.Text;
using RewardServer.Sandboxing.Engines;
using RewardServer.Sandboxing.Languages;

namespace RewardServer.Sandboxing.Pooling;

/// <summary>What a pool begins with: its seats with their slots, and what was found out by trying them.</summary>
internal sealed record SandboxStart(
    EngineReport Report, ImmutableArray<LanguageReport> Reports, ImmutableArray<Language> Languages, LocalEngine? Engine, ImmutableArray<Seat> Seats)
{
    public static async Task<SandboxStart> TryAsync(SandboxOptions options, TimeProvider time, CancellationToken cancellation)
    {
        if (options.Engine is not ("auto" or "local"))
        {
            return None(options.Engine == "none"
                ? EngineRefusal.Of("The sandbox is switched off (Sandbox:Engine is \"none\").", "Set Sandbox:Engine to \"auto\".")
                : EngineRefusal.Of($"There is no sandbox engine \"{options.Engine}\".", "Set Sandbox:Engine to \"auto\", \"local\" or \"none\"."));
        }

        if (options.Errors().ToList() is { Count: > 0 } errors)
        {
            // Not a machine without a sandbox but a mistake, which must not end as code that is silently skipped.
            throw new ArgumentException(string.Join("; ", errors), nameof(options));
        }

        var (engine, refusal) = LocalEngine.Find(options, time);
        if (engine is null)
        {
            return None(refusal!);
        }

        var count = options.Slots == 0 ? Math.Min(Environment.ProcessorCount, SandboxOptions.MaxSlots) : options.Slots;
        var seats = Enumerable.Range(0, count).Select(_ => new Seat(engine, options.RunsPerSlot)).ToImmutableArray();
        try
        {
            await Task.WhenAll(seats.Select(seat => seat.RenewAsync(cancellation))).ConfigureAwait(false);
            var (python, report) = await FindPythonAsync(seats[0], cancellation).ConfigureAwait(false);
            return new SandboxStart(
                new EngineReport("local", true, engine.Description, null, null),
                [report], python is null ? [] : [python], engine, seats);
        }
        catch (SlotBrokenException broken)
        {
            await EndAsync(engine, seats).ConfigureAwait(false);
            return None(EngineRefusal.OfFailedStart(broken.Message));
        }
        catch
        {
            await EndAsync(engine, seats).ConfigureAwait(false);
            throw;
        }
    }

    public static async Task EndAsync(LocalEngine engine, ImmutableArray<Seat> seats)
    {
        await Task.WhenAll(seats.Select(seat => seat.DisposeAsync().AsTask())).ConfigureAwait(false);
        await engine.DisposeAsync().ConfigureAwait(false);
    }

    private static SandboxStart None(EngineReport report) =>
        new(report, [new LanguageReport(Python.Name, false, null, report.Reason, report.Remedy)], [], null, []);

    // By running it: that it is there says nothing of whether it starts inside.
    private static async Task<(Language? Python, LanguageReport Report)> FindPythonAsync(Seat seat, CancellationToken cancellation)
    {
        foreach (var candidate in Python.Candidates)
        {
            var answer = await seat.RunAsync(Retry.Canary(candidate), cancellation).ConfigureAwait(false);
            var text = Encoding.UTF8.GetString(answer.Stdout.Span).Trim();
            if (answer.WaitStatus == 0 && text.StartsWith("Python ", StringComparison.Ordinal))
            {
                return (candidate, new LanguageReport(Python.Name, true, text, null, null));
            }
        }

        return (null, Python.Missing);
    }
}
