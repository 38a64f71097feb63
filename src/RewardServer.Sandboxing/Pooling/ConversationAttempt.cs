using RewardServer.Sandboxing.Engines;

namespace RewardServer.Sandboxing.Pooling;

/// <summary>
/// One try at a conversation: both programs run at once, and each reads what the other writes. Where one's slot breaks,
/// the other is ended, for half a conversation tells nothing.
/// </summary>
/// <param name="Answers">The two programs'; null for one whose slot broke, or that was ended because the other's did.</param>
/// <param name="Faults">Of the two slots; null for one that did not break.</param>
internal sealed record ConversationAttempt(AgentAnswer?[] Answers, SlotBrokenException?[] Faults)
{
    /// <summary>Why there is no answer of both; null where there is.</summary>
    public SlotBrokenException? Fault => Faults[0] ?? Faults[1];

    /// <exception cref="OperationCanceledException">The caller gave up; both slots are clean, or worn.</exception>
    public static async Task<ConversationAttempt> RunAsync(IReadOnlyList<ConversationSide> sides, CancellationToken cancellation)
    {
        // Both slots first, or one would wait for the other's to be made.
        var faults = await Task.WhenAll(sides.Select(side => GetReadyAsync(side, cancellation))).ConfigureAwait(false);
        if (faults.Any(fault => fault is not null))
        {
            return new([null, null], faults);
        }

        var (first, second) = StreamEnds.Crossed();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var ended = await Task.WhenAll(RunAsync(sides[0], first, stop, cancellation), RunAsync(sides[1], second, stop, cancellation)).ConfigureAwait(false);
        return new([.. ended.Select(one => one.Answer)], [.. ended.Select(one => one.Fault)]);
    }

    private static async Task<SlotBrokenException?> GetReadyAsync(ConversationSide side, CancellationToken cancellation)
    {
        try
        {
            await side.Place.GetReadyAsync(cancellation).ConfigureAwait(false);
            return null;
        }
        catch (SlotBrokenException broken)
        {
            return broken;
        }
    }

    private static async Task<(AgentAnswer? Answer, SlotBrokenException? Fault)> RunAsync(
        ConversationSide side, StreamEnds ends, CancellationTokenSource stop, CancellationToken cancellation)
    {
        try
        {
            return (await side.Place.RunAsync(side.Run, stop.Token, ends).ConfigureAwait(false), null);
        }
        catch (SlotBrokenException broken)
        {
            await stop.CancelAsync().ConfigureAwait(false);
            return (null, broken);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (null, null);
        }
        finally
        {
            ends.Complete();
        }
    }
}
