using RewardServer.Sandboxing.Engines;
using RewardServer.Sandboxing.Languages;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Sandboxing.Pooling;

/// <summary>One run of a program that is ready for it: in a seat, again in a fresh slot where a slot broke, and with its status read.</summary>
internal sealed class Execution(Seating seating, KnownBreakers breakers)
{
    /// <summary>Runs it once a seat is free, unless it is known to break slots.</summary>
    /// <param name="language">Its language.</param>
    /// <param name="kind">The kind of slot that it needs.</param>
    /// <param name="run">The run.</param>
    /// <param name="own">The slot of a session, whose files stay; null for whichever is free.</param>
    /// <param name="priority">Lower numbers go first.</param>
    /// <param name="cancellation">Ends the wait or the run.</param>
    public async Task<RunResult> RunAsync(
        Language language, SlotKind kind, AgentRun run, WarmSlot? own, int priority, CancellationToken cancellation)
    {
        if (breakers.Contains(run))
        {
            return new RunResult { Status = RunStatus.SlotBreaker };
        }

        return await seating.InSeatAsync(
            kind,
            priority,
            (seat, queued, stop) => own is null ? RunAsync(language, kind, run, seat, queued, stop) : RunOnceAsync(own, run, queued, stop),
            cancellation).ConfigureAwait(false);
    }

    private async Task<RunResult> RunAsync(Language language, SlotKind kind, AgentRun run, Seat seat, double queued, CancellationToken cancellation)
    {
        var place = await seat.PlaceAsync(kind).ConfigureAwait(false);
        var (answer, fault, byProgram) = await Retry.RunAsync(place, run, language, cancellation).ConfigureAwait(false);
        if (byProgram)
        {
            breakers.Add(run);
        }

        return answer is not null
            ? RunStatusReading.Read(answer, run.Limits, queued)
            : new RunResult { Status = byProgram ? RunStatus.SlotBreaker : RunStatus.SandboxFault, Fault = byProgram ? null : fault, QueueSeconds = queued };
    }

    // A session's slot has its files: it is not made anew to try again.
    private static async Task<RunResult> RunOnceAsync(WarmSlot own, AgentRun run, double queued, CancellationToken cancellation)
    {
        try
        {
            return RunStatusReading.Read(await own.RunAsync(run, cancellation).ConfigureAwait(false), run.Limits, queued);
        }
        catch (SlotBrokenException broken)
        {
            return new RunResult { Status = RunStatus.SandboxFault, Fault = broken.Message, QueueSeconds = queued };
        }
    }
}
