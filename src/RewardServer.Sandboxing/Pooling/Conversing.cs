using RewardServer.Sandboxing.Runs;

namespace RewardServer.Sandboxing.Pooling;

/// <summary>
/// Has two programs talk, each in a slot of its own. They take one seat, in which both slots are warm: mostly one of them
/// waits for the other, and no two conversations can wait for each other's seats.
/// </summary>
internal sealed class Conversing(SandboxPool pool, Seating seating, KnownBreakers breakers)
{
    /// <inheritdoc cref="SandboxPool.ConverseAsync"/>
    public async Task<Conversation> RunAsync(RunRequest program, RunRequest partner, CancellationToken cancellation)
    {
        var (own, failed) = await pool.PrepareAsync(program, null, cancellation).ConfigureAwait(false);
        var (other, otherFailed) = await pool.PrepareAsync(partner, null, cancellation).ConfigureAwait(false);
        return own is null || other is null
            ? Paired(failed, otherFailed)
            : await RunAsync([Streamed(own), Streamed(other) with { Kind = other.Kind with { IsCompanion = true } }], program.Priority, cancellation).ConfigureAwait(false);
    }

    private static PreparedRun Streamed(PreparedRun prepared) => prepared with { Run = prepared.Run with { IsStreamed = true } };

    private async Task<Conversation> RunAsync(PreparedRun[] runs, int priority, CancellationToken cancellation)
    {
        bool[] known = [breakers.Contains(runs[0].Run, runs[1].Run), breakers.Contains(runs[1].Run, runs[0].Run)];
        if (known.Contains(true))
        {
            return Broken(known, 0);
        }

        var conversation = await seating.InSeatAsync(runs[1].Kind, priority, (seat, queued, stop) => RunAsync(runs, seat, queued, stop), cancellation).ConfigureAwait(false);
        foreach (var (run, result) in runs.Zip([conversation.Program, conversation.Partner]).Where(pair => pair.Second is not null))
        {
            SandboxMetrics.Count(run.Language.Name, result!);
        }

        return conversation;
    }

    private async Task<Conversation> RunAsync(PreparedRun[] runs, Seat seat, double queued, CancellationToken cancellation)
    {
        var sides = new List<ConversationSide>();
        foreach (var run in runs)
        {
            sides.Add(new(await seat.PlaceAsync(run.Kind).ConfigureAwait(false), run.Language, run.Run));
        }

        var (answers, fault, byProgram) = await ConversationRetry.RunAsync(sides, cancellation).ConfigureAwait(false);
        if (fault is null)
        {
            var results = runs.Zip(answers, (run, answer) => RunStatusReading.Read(answer, run.Run.Limits, queued) with { Compilation = run.Compilation }).ToList();
            return Paired(results[0], results[1]);
        }

        if (!byProgram.Contains(true))
        {
            var failure = new RunResult { Status = RunStatus.SandboxFault, Fault = fault, QueueSeconds = queued };
            return new(failure, failure);
        }

        foreach (var at in Enumerable.Range(0, 2).Where(at => byProgram[at]))
        {
            breakers.Add(runs[at].Run, runs[1 - at].Run);
        }

        return Broken(byProgram, queued);
    }

    // Nothing is known of who talked to one that broke the sandbox.
    private static Conversation Broken(IReadOnlyList<bool> by, double queued)
    {
        var breaker = new RunResult { Status = RunStatus.SlotBreaker, QueueSeconds = queued };
        return new(by[0] ? breaker : null, by[1] ? breaker : null);
    }

    // A fault of ours with either is one of both, but for what did not come to its run by its own doing.
    private static Conversation Paired(RunResult? program, RunResult? partner)
    {
        var fault = new[] { program, partner }.FirstOrDefault(result => result?.Status == RunStatus.SandboxFault);
        return new(Blamed(program, fault), Blamed(partner, fault));
    }

    private static RunResult? Blamed(RunResult? result, RunResult? fault) =>
        fault is null || result?.Status is RunStatus.SandboxFault or RunStatus.CompileError or RunStatus.SlotBreaker
            ? result
            : (result ?? fault) with { Status = RunStatus.SandboxFault, Fault = fault.Fault };
}
