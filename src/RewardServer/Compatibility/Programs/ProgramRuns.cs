using RewardServer.Http;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Compatibility.Programs;

/// <summary>Runs the programs of trainers' calls: under the call's deadline, and with all the output that they can come to hold reserved before.</summary>
/// <param name="sandbox">Where they run.</param>
/// <param name="budget">Bounds the output that all calls hold.</param>
internal sealed class ProgramRuns(SandboxPool sandbox, OutputBudget budget)
{
    /// <summary>What is kept of each output of a program that comes alone, in KiB. What is over it ends in "output limit".</summary>
    public const int OutputKb = 16 << 10;

    // Those that come together share so much of the budget, and each keeps at least this of an output.
    private const int ShareOfBudget = 4, LeastOutputKb = 64;

    /// <summary>Runs one program.</summary>
    /// <param name="http">The call.</param>
    /// <param name="program">The program.</param>
    /// <param name="deadline">When the call must be answered.</param>
    /// <param name="inPieces">Whether the answer has its outputs by <see cref="JsonInPieces"/>, and needs no room for their texts.</param>
    /// <exception cref="OperationCanceledException">The client is gone.</exception>
    public async Task<ProgramEnd> RunAsync(HttpContext http, TrainerProgram program, Deadline deadline, bool inPieces = false) =>
        (await RunAsync(http, [program], deadline, inPieces))[0];

    /// <summary>Runs programs, as many at once as there are slots; those that the deadline cuts off have failed.</summary>
    /// <returns>What became of each, in their order.</returns>
    /// <exception cref="OperationCanceledException">The client is gone.</exception>
    public async Task<ProgramEnd[]> RunAsync(HttpContext http, IReadOnlyList<TrainerProgram> programs, Deadline deadline, bool inPieces = false)
    {
        var ends = new ProgramEnd[programs.Count];
        if (programs.Count == 0)
        {
            return ends;
        }

        var outputKb = OutputKbOf(programs.Count);
        var most = programs.Sum(program => (2L * outputKb) + (program.OutputFiles.IsEmpty ? 0 : RunRequest.MaxOutputFileBytes / 1024));
        if (most > budget.Most)
        {
            Array.Fill(ends, ProgramEnd.MalformedBy("", $"the output of {programs.Count} programs could come to {most / 1024} MiB, more than the {budget.Most / 1024} of Server:OutputBudgetMb"));
            return ends;
        }

        try
        {
            http.Response.RegisterForDispose(await budget.ReserveAsync(most, deadline.Token));
        }
        catch (OperationCanceledException) when (deadline.HasPassed)
        {
            Array.Fill(ends, Late(deadline));
            return ends;
        }

        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, sandbox.Slots) };
        await Parallel.ForAsync(0, programs.Count, parallel, async (index, _) => ends[index] = await OneAsync(programs[index], outputKb, deadline));
        try
        {
            if (await budget.ReserveWritingAsync(ends.Sum(end => WrittenWhole(end, inPieces)), deadline.Token) is { } writing)
            {
                http.Response.RegisterForDispose(writing);
            }
        }
        catch (OperationCanceledException) when (deadline.HasPassed)
        {
            Array.Fill(ends, Late(deadline));
        }

        return ends;
    }

    private static long WrittenWhole(ProgramEnd end, bool inPieces) =>
        (inPieces ? 0 : (long)(end.Run?.Stdout.Length ?? 0) + (end.Run?.Stderr.Length ?? 0)) + (end.Run?.Files.Sum(file => (long)file.Content.Length) ?? 0);

    private int OutputKbOf(int programs) => programs == 1
        ? (int)Math.Min(OutputKb, Math.Max(1, budget.Most / 2))
        : (int)Math.Clamp(budget.Most / ShareOfBudget / (2 * programs), LeastOutputKb, OutputKb);

    private async Task<ProgramEnd> OneAsync(TrainerProgram program, int outputKb, Deadline deadline)
    {
        try
        {
            if (!(program.RunSeconds > 0))
            {
                return ProgramEnd.MalformedBy("run_timeout", $"must be above 0, but is {program.RunSeconds}");
            }

            return await LanguageHere.WhyNotAsync(sandbox, ProgramRequests.LanguageOf(program), program.Language, deadline.Token) is { } missing
                ? ProgramEnd.SkippedBy(missing)
                : ProgramEnd.Of(program, await sandbox.RunAsync(ProgramRequests.Of(program, sandbox, outputKb), deadline.Token));
        }
        catch (OperationCanceledException) when (deadline.HasPassed)
        {
            return Late(deadline);
        }
        catch (SandboxBusyException busy)
        {
            return ProgramEnd.FailedBy(busy.Message);
        }
        catch (ObjectDisposedException)
        {
            return ProgramEnd.FailedBy("the sandbox is closed: the server stops");
        }
        catch (ArgumentException malformed)
        {
            // What only the sandbox can know: a file in the place of another's folder, or more than its scratch folder holds.
            return ProgramEnd.MalformedBy("files", malformed.Message);
        }
    }

    private static ProgramEnd Late(Deadline deadline) =>
        ProgramEnd.FailedBy($"not run within the {deadline.Seconds:0.#} s that its client waits; the server is busy");
}
