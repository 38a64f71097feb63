using RewardServer.Sandboxing.Engines;

namespace RewardServer.Sandboxing.Pooling;

/// <summary>
/// <see cref="Retry"/> for two programs that talk: a fault in either's slot is tried again with the whole conversation, once
/// a canary has run in a fresh slot in its place. The program whose slot breaks both times is the one that did it.
/// </summary>
internal static class ConversationRetry
{
    /// <returns>The answers; or a fault, with which of the two programs made it, if any.</returns>
    public static async Task<(IReadOnlyList<AgentAnswer> Answers, string? Fault, IReadOnlyList<bool> ByProgram)> RunAsync(
        IReadOnlyList<ConversationSide> sides, CancellationToken cancellation)
    {
        var first = await ConversationAttempt.RunAsync(sides, cancellation).ConfigureAwait(false);
        if (first.Fault is null)
        {
            return Answered(first);
        }

        if (await FailsAsync(sides, first, cancellation).ConfigureAwait(false) is { } before)
        {
            return Failed(first, before);
        }

        var second = await ConversationAttempt.RunAsync(sides, cancellation).ConfigureAwait(false);
        if (second.Fault is null)
        {
            return Answered(second);
        }

        return await FailsAsync(sides, second, cancellation).ConfigureAwait(false) is { } after
            ? Failed(second, after)
            : ([], second.Fault.Message, [.. first.Faults.Zip(second.Faults, (one, other) => one is { MayBeProgram: true } && other is { MayBeProgram: true })]);
    }

    private static (IReadOnlyList<AgentAnswer> Answers, string? Fault, IReadOnlyList<bool> ByProgram) Answered(ConversationAttempt attempt) =>
        ([.. attempt.Answers.Select(answer => answer!)], null, [false, false]);

    private static (IReadOnlyList<AgentAnswer> Answers, string? Fault, IReadOnlyList<bool> ByProgram) Failed(ConversationAttempt attempt, string canary) =>
        ([], $"{attempt.Fault!.Message} (and a canary in a fresh slot failed: {canary})", [false, false]);

    // Of the slots that broke.
    private static async Task<string?> FailsAsync(IReadOnlyList<ConversationSide> sides, ConversationAttempt attempt, CancellationToken cancellation)
    {
        foreach (var side in sides.Where((_, at) => attempt.Faults[at] is not null))
        {
            if (await Retry.FailsAsync(side.Place, side.Language, cancellation).ConfigureAwait(false) is { } failure)
            {
                return failure;
            }
        }

        return null;
    }
}
