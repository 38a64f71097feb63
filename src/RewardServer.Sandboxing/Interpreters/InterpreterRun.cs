using System.Buffers;
using System.IO.Pipelines;
using RewardServer.Sandboxing.Engines;
using RewardServer.Sandboxing.Pooling;

namespace RewardServer.Sandboxing.Interpreters;

/// <summary>How the run of an interpreter ended.</summary>
/// <param name="Answer">What the agent says of it; null where we ended it, or the slot broke.</param>
/// <param name="Fault">Why the slot broke; null where it did not.</param>
internal sealed record InterpreterEnd(AgentAnswer? Answer, string? Fault);

/// <summary>One run of the interpreter's program, which answers cells until it ends.</summary>
internal sealed class InterpreterRun : IDisposable
{
    private const int MostHeadBytes = 4096;

    // Nothing is read but while a cell is asked for, and of that no more than was agreed; more waits with the agent.
    private static readonly PipeOptions Options = new(pauseWriterThreshold: 256 << 10, resumeWriterThreshold: 128 << 10, useSynchronizationContext: false);

    private readonly Pipe input = new(Options), output = new(Options);
    private readonly CancellationTokenSource stop = new();

    /// <param name="slot">The slot, which is ready.</param>
    /// <param name="run">The run.</param>
    public InterpreterRun(WarmSlot slot, AgentRun run) => End = RunAsync(slot, run);

    /// <summary>Its end.</summary>
    public Task<InterpreterEnd> End { get; }

    /// <summary>Has it run a cell.</summary>
    /// <param name="command">The cell, as a line.</param>
    /// <param name="cell">What was agreed of its outputs.</param>
    /// <param name="cancellation">Ends the wait; the run is of no use then.</param>
    /// <returns>The answer; null where there is none, or none that can be read: the run is of no use then.</returns>
    public async Task<CellAnswer?> AskAsync(ReadOnlyMemory<byte> command, Cell cell, CancellationToken cancellation)
    {
        await input.Writer.WriteAsync(command, cancellation).ConfigureAwait(false);
        if (await ReadHeadAsync(cancellation).ConfigureAwait(false) is not { } head || !head.IsWithin(cell))
        {
            return null;
        }

        return head.Length == 0 ? new(head, default)
            : await ReadBodyAsync((int)head.Length, cancellation).ConfigureAwait(false) is { } body ? new(head, body)
            : null;
    }

    /// <summary>Lets it end by itself: no cell will come.</summary>
    public void Finish() => input.Writer.Complete();

    /// <summary>Ends it.</summary>
    public async Task<InterpreterEnd> StopAsync()
    {
        // What it still writes goes nowhere, and keeps nobody waiting.
        await output.Reader.CompleteAsync().ConfigureAwait(false);
        await stop.CancelAsync().ConfigureAwait(false);
        return await End.ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose() => stop.Dispose();

    private async Task<InterpreterEnd> RunAsync(WarmSlot slot, AgentRun run)
    {
        try
        {
            return new(await slot.RunAsync(run, stop.Token, new(input.Reader, output.Writer) { KeepsOutput = false }).ConfigureAwait(false), null);
        }
        catch (SlotBrokenException broken)
        {
            return new(null, broken.Message);
        }
        catch (OperationCanceledException)
        {
            return new(null, null);
        }
        finally
        {
            await input.Reader.CompleteAsync().ConfigureAwait(false);
            await output.Writer.CompleteAsync().ConfigureAwait(false);
        }
    }

    private async Task<AnswerHead?> ReadHeadAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var read = await output.Reader.ReadAsync(cancellation).ConfigureAwait(false);
            var start = read.Buffer.Slice(0, Math.Min(read.Buffer.Length, MostHeadBytes));
            if (start.PositionOf((byte)'\n') is { } end)
            {
                var head = AnswerHead.TryRead(start.Slice(0, end));
                output.Reader.AdvanceTo(start.GetPosition(1, end));
                return head;
            }

            output.Reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted || read.Buffer.Length >= MostHeadBytes)
            {
                return null;
            }
        }
    }

    private async Task<byte[]?> ReadBodyAsync(int length, CancellationToken cancellation)
    {
        var read = await output.Reader.ReadAtLeastAsync(length, cancellation).ConfigureAwait(false);
        var body = read.Buffer.Length == length ? read.Buffer.ToArray() : null;
        output.Reader.AdvanceTo(read.Buffer.End);
        return body;
    }
}
