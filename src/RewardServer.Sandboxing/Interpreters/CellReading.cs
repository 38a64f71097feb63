using RewardServer.Sandboxing.Engines;

namespace RewardServer.Sandboxing.Interpreters;

/// <summary>Makes a result of what the interpreter says of a cell, or of how it ended.</summary>
internal static class CellReading
{
    private const int KillSignal = 9, CouldNotStop = 75;

    private const string Forced = "It was ended by force.";

    private const string Overloaded = "The machine is overloaded: the cell hardly ran.";

    /// <summary>A fault of ours.</summary>
    public static CellResult Fault(string problem) => new() { Status = CellStatus.Fault, Problem = problem, IsLost = true };

    /// <summary>A cell whose interpreter did not even end it when its time was over.</summary>
    public static CellResult Timeout(Cell cell) => new() { Status = CellStatus.Timeout, IsLost = true, Seconds = cell.Seconds, End = Forced };

    /// <summary>Of an answer.</summary>
    public static CellResult Of(CellAnswer answer)
    {
        var head = answer.Head;
        if (head.Starved)
        {
            return Fault(Overloaded) with { IsLost = head.Lost };
        }

        var words = CellWords.TryRead(answer.Answer);
        return new()
        {
            Status = head.State switch
            {
                "late" => CellStatus.Timeout,
                "died" or "broken" => CellStatus.Died,
                _ => words is { IsError: false } ? CellStatus.Completed : CellStatus.Error,
            },
            Stdout = answer.Stdout,
            Stderr = answer.Stderr,
            StdoutBytes = Math.Max(head.Out[0], head.Out[1]),
            StderrBytes = Math.Max(head.Err[0], head.Err[1]),
            Displays = words?.Displays ?? [],
            Error = words?.Error,
            IsFresh = head.Fresh,
            IsLost = head.Lost,
            End = !head.Lost ? null : head.State == "died" ? EndOf(head.Status) : head.State == "broken" ? "A cell wrote to where its answer is read." : Forced,
            Seconds = head.Seconds,
        };
    }

    /// <summary>Of an end of the whole run while a cell ran.</summary>
    public static CellResult Of(InterpreterEnd end) => end switch
    {
        { Fault: { } fault } => Fault(fault),
        { Answer: null } => Died("It broke the sandbox's protocol."),
        { Answer.Cause: AgentCause.Starved } => Fault(Overloaded),
        { Answer.OomKills: > 0 } or { Answer.Cause: AgentCause.MemoryLimit } => Died("It was out of memory."),
        { Answer.Cause: AgentCause.CpuLimit } => Died($"Its cells together used up {InterpreterRequest.CpuSeconds} s of CPU time."),
        { Answer.Cause: AgentCause.WallLimit } => Died($"It had lived for {InterpreterRequest.LifeSeconds / 3600} hours."),
        { Answer.Cause: AgentCause.OutputLimit } => Died("Its cells together wrote too much."),
        { Answer.WaitStatus: var status } when (status & 0x7f) != 0 => Died($"A cell ended it by signal {status & 0x7f}."),
        { Answer.WaitStatus: CouldNotStop << 8 } => Died("A cell's processes could not be stopped: there were ever more of them."),
        { Answer.WaitStatus: var status } => Fault($"The interpreter's first process ended with code {status >> 8 & 0xff}."),
    };

    private static CellResult Died(string end) => new() { Status = CellStatus.Died, IsLost = true, End = end };

    private static string EndOf(int? status) => status switch
    {
        null => Forced,
        { } other when (other & 0x7f) == KillSignal => "It was killed (signal 9), most likely for want of memory.",
        { } other when (other & 0x7f) != 0 => $"It crashed (signal {other & 0x7f}).",
        { } other => $"It ended with exit code {other >> 8 & 0xff}.",
    };
}
