using RewardServer.Sandboxing.Engines;
using RewardServer.Sandboxing.Languages;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Sandboxing.Pooling;

/// <summary>
/// Tells a fault of ours from a program that breaks its slot. A fault is tried again in a fresh slot in which a canary
/// has run; where it comes back, and a canary runs in the next fresh slot too, it is the program's doing. Being slow never
/// is: only an agent that dies or breaks the protocol while the program runs, both times.
/// </summary>
internal static class Retry
{
    // Threads for those of a runtime: Java starts a dozen to say its version.
    private static readonly ResourceLimits CanaryLimits = new(10, 30, 256, 64, 16);

    /// <returns>The answer; or a fault, with whether the program made it.</returns>
    public static async Task<(AgentAnswer? Answer, string? Fault, bool ByProgram)> RunAsync(
        WarmSlot slot, AgentRun run, Language language, CancellationToken cancellation)
    {
        var (answer, first) = await TryAsync(slot, run, cancellation).ConfigureAwait(false);
        if (first is null)
        {
            return (answer, null, false);
        }

        if (await FailsAsync(slot, language, cancellation).ConfigureAwait(false) is { } before)
        {
            return (null, $"{first.Message} (and a canary in a fresh slot failed: {before})", false);
        }

        (answer, var second) = await TryAsync(slot, run, cancellation).ConfigureAwait(false);
        if (second is null)
        {
            return (answer, null, false);
        }

        var after = await FailsAsync(slot, language, cancellation).ConfigureAwait(false);
        return after is null
            ? (null, second.Message, first.MayBeProgram && second.MayBeProgram)
            : (null, $"{second.Message} (and a canary in a fresh slot failed: {after})", false);
    }

    /// <summary>Runs the canary in a fresh slot.</summary>
    /// <returns>Why it failed; null where it ran.</returns>
    public static async Task<string?> FailsAsync(WarmSlot slot, Language language, CancellationToken cancellation)
    {
        slot.IsWorn = true;
        var (answer, fault) = await TryAsync(slot, Canary(language), cancellation).ConfigureAwait(false);
        return answer switch
        {
            null => fault!.Message,
            { Fault.Length: > 0 } => answer.Fault,
            { WaitStatus: 0, Cause: AgentCause.Ended, Stdout.Length: > 0 } => null,
            _ => $"wait status {answer.WaitStatus}, {System.Text.Encoding.UTF8.GetString(answer.Stderr.Span)}",
        };
    }

    /// <summary>A run that says its language's version: what it prints shows that slot and program work.</summary>
    public static AgentRun Canary(Language language) => new(language.VersionCommand, language.Environment, [], default, CanaryLimits);

    private static async Task<(AgentAnswer? Answer, SlotBrokenException? Fault)> TryAsync(WarmSlot slot, AgentRun run, CancellationToken cancellation)
    {
        try
        {
            return (await slot.RunAsync(run, cancellation).ConfigureAwait(false), null);
        }
        catch (SlotBrokenException broken)
        {
            return (null, broken);
        }
    }
}
