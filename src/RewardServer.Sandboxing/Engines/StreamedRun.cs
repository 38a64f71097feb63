using System.Buffers;
using System.Buffers.Binary;

namespace RewardServer.Sandboxing.Engines;

/// <summary>A run whose input is sent while it runs. It alone writes to the agent meanwhile, so that no two frames mix.</summary>
/// <param name="stream">Leads to the agent.</param>
/// <param name="id">The run's.</param>
/// <param name="first">What it reads first.</param>
/// <param name="ends">What it reads then, and where its output goes.</param>
internal sealed class StreamedRun(Stream stream, uint id, ReadOnlyMemory<byte> first, StreamEnds ends)
{
    private const int HeadLength = Frames.HeaderLength + 4;

    private readonly InputWindow window = new();
    private bool ended;

    /// <summary>Whether what it writes is kept for its answer.</summary>
    public bool KeepsOutput => ends.KeepsOutput;

    /// <summary>Takes what the agent says of the input that it took.</summary>
    /// <exception cref="SlotBrokenException">It is of another run, or of more than was sent.</exception>
    public void Take(ReadOnlySpan<byte> frame)
    {
        if (frame.Length != 8 || BinaryPrimitives.ReadUInt32LittleEndian(frame) != id || !window.Open(BinaryPrimitives.ReadUInt32LittleEndian(frame[4..])))
        {
            throw new SlotBrokenException("The agent took input that it was not sent.") { MayBeProgram = true };
        }
    }

    /// <summary>Passes on some of the program's output; its end where there is none.</summary>
    /// <exception cref="SlotBrokenException">It was at its end already.</exception>
    public async ValueTask PassOnAsync(ReadOnlyMemory<byte> output)
    {
        if (ended)
        {
            throw new SlotBrokenException("The agent sent output after its end.") { MayBeProgram = true };
        }

        ended = output.Length == 0;
        if (ended)
        {
            await ends.Output.CompleteAsync().ConfigureAwait(false);
            return;
        }

        // Who reads it may be gone: then it goes nowhere.
        await ends.Output.WriteAsync(output, CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Sends the input as it comes, and what cancels the run.</summary>
    /// <param name="deadline">Ends all that is written. It is cancelled where the agent is gone, and soon after the run is.</param>
    /// <param name="grace">How soon.</param>
    /// <param name="over">The run is over.</param>
    /// <param name="cancellation">The run is to be cancelled.</param>
    public async Task FeedAsync(CancellationTokenSource deadline, TimeSpan grace, CancellationToken over, CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over, cancellation);
        try
        {
            await FeedAllAsync(deadline.Token, either.Token).ConfigureAwait(false);
            await Task.Delay(Timeout.InfiniteTimeSpan, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            if (!over.IsCancellationRequested)
            {
                deadline.CancelAfter(grace);
                await stream.WriteAsync(Frames.EncodeCancel(id), deadline.Token).ConfigureAwait(false);
            }
        }
        catch
        {
            // Or its end would be waited for in vain.
            await deadline.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task FeedAllAsync(CancellationToken deadline, CancellationToken stop)
    {
        await FeedAsync(new ReadOnlySequence<byte>(first), deadline, stop).ConfigureAwait(false);
        while (true)
        {
            var read = await ends.Input.ReadAsync(stop).ConfigureAwait(false);
            await FeedAsync(read.Buffer, deadline, stop).ConfigureAwait(false);
            ends.Input.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                await SendAsync(default, deadline).ConfigureAwait(false);
                return;
            }
        }
    }

    private async Task FeedAsync(ReadOnlySequence<byte> bytes, CancellationToken deadline, CancellationToken stop)
    {
        while (bytes.Length > 0)
        {
            var length = await window.TakeAsync(bytes.Length, stop).ConfigureAwait(false);
            await SendAsync(bytes.Slice(0, length), deadline).ConfigureAwait(false);
            bytes = bytes.Slice(length);
        }
    }

    // Head and bytes at once: each write is a call to the kernel, and wakes the agent.
    private async Task SendAsync(ReadOnlySequence<byte> bytes, CancellationToken deadline)
    {
        var length = (int)bytes.Length;
        var frame = ArrayPool<byte>.Shared.Rent(HeadLength + length);
        try
        {
            Frames.WriteInputHead(frame, id, length);
            bytes.CopyTo(frame.AsSpan(HeadLength));
            await stream.WriteAsync(frame.AsMemory(0, HeadLength + length), deadline).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(frame);
        }
    }
}
