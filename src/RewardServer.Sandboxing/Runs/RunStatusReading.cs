using RewardServer.Sandboxing.Engines;

namespace RewardServer.Sandboxing.Runs;

/// <summary>Makes a result of what the agent saw.</summary>
internal static class RunStatusReading
{
    private const uint CpuSignal = 24, FileSizeSignal = 25;

    public static RunResult Read(AgentAnswer answer, ResourceLimits limits, double queueSeconds)
    {
        var signal = answer.WaitStatus & 0x7f;
        var exited = signal == 0;
        var result = new RunResult
        {
            Status = RunStatus.SandboxFault,
            Fault = answer.Fault.Length > 0 ? answer.Fault : null,
            ExitCode = exited ? (int)(answer.WaitStatus >> 8 & 0xff) : null,
            Signal = exited ? null : (int)signal,
            Stdout = answer.Stdout,
            Stderr = answer.Stderr,
            Report = answer.Report,
            StdoutBytes = (long)answer.StdoutBytes,
            StderrBytes = (long)answer.StderrBytes,
            UserSeconds = answer.UserMicroseconds / 1e6,
            SystemSeconds = answer.SystemMicroseconds / 1e6,
            WallSeconds = answer.WallMicroseconds / 1e6,
            PeakMemoryMb = answer.PeakBytes / (double)(1 << 20),
            Instructions = answer.Instructions > 0 ? (long)answer.Instructions : null,
            QueueSeconds = queueSeconds,
            Files = [.. answer.Files.Select(file => new OutputFile(file.Path, file.Content, file.TooLarge))],
        };
        return result with { Status = StatusOf(answer, limits, result) };
    }

    // From the surest cause to the least: what the kernel or the agent did to it, before how it ended.
    private static RunStatus StatusOf(AgentAnswer answer, ResourceLimits limits, RunResult result)
    {
        var kept = (long)limits.OutputKb << 10;
        return answer switch
        {
            { Cause: AgentCause.Starved } => RunStatus.SandboxFault,
            { OomKills: > 0 } or { Cause: AgentCause.MemoryLimit } => RunStatus.MemoryLimit,
            { Cause: AgentCause.CpuLimit } => RunStatus.CpuTimeLimit,
            { Cause: AgentCause.WallLimit } => RunStatus.WallTimeLimit,
            { Cause: AgentCause.OutputLimit } => RunStatus.OutputLimit,
            _ when result.Signal == CpuSignal => RunStatus.CpuTimeLimit,
            _ when result.Signal == FileSizeSignal || result.StdoutBytes > kept || result.StderrBytes > kept => RunStatus.OutputLimit,
            { RefusedForks: > 0 } when result.ExitCode != 0 => RunStatus.ProcessLimit,
            _ when result.Signal is not null => RunStatus.Signal,
            _ => result.ExitCode == 0 ? RunStatus.Ok : RunStatus.NonZeroExit,
        };
    }
}
