using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Text;

namespace RewardServer.Sandboxing.Engines;

/// <summary>One set of namespaces with its agent: runs one program after the other, each in a clean state.</summary>
internal sealed class Slot : IAsyncDisposable
{
    // The agent's hard end of a run on a busy machine (HARD_END_US in watch.c) is at 4 times its wall time and 10 s; to that
    // comes how long it may take over what is not the program's: starting it, cleaning up after it.
    private const int HardEndFactor = 4;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10 + 90);
    private static readonly TimeSpan CancelGrace = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan EndGrace = TimeSpan.FromSeconds(5);

    private readonly Stream stream;
    private readonly Func<TimeSpan, Task> end;
    private readonly Func<Task<bool>>? diedByItself;
    private const uint ResidentBit = 16;

    // Many requests are large enough, by their drivers, to be collected late and dearly: their memory is used again, unless it is more than this.
    private const int KeptRequestBytes = 1 << 20;

    private readonly TimeProvider time;
    private readonly PipeReader reader;
    private readonly byte[] payload = new byte[Frames.MaxAnswer];
    private MemoryStream request = new();
    private uint lastId;

    /// <param name="stream">Leads to the agent; its end is the agent's.</param>
    /// <param name="end">Sees, within some time, to the end of all processes, and gives back ids, folders and cgroups.</param>
    /// <param name="time">For time-outs.</param>
    /// <param name="diedByItself">Of an agent that is gone: whether nobody else ended it, and not its connection alone broke. Null where it can be nothing else.</param>
    public Slot(Stream stream, Func<TimeSpan, Task> end, TimeProvider time, Func<Task<bool>>? diedByItself = null)
    {
        (this.stream, this.end, this.time, this.diedByItself) = (stream, end, time, diedByItself);
        reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 64 << 10, leaveOpen: true));
    }

    /// <summary>Whether a resident is ready in it.</summary>
    public bool HasResident { get; private set; }

    /// <summary>Programs run so far.</summary>
    public int Runs { get; private set; }

    /// <summary>Why the slot is not clean after its last run; null where it is.</summary>
    public string? Anomaly { get; private set; }

    /// <summary>Reads the agent's first words, which it says once all isolation stands.</summary>
    /// <exception cref="SlotBrokenException">It says why it cannot isolate, or says nothing.</exception>
    public async Task AwaitHelloAsync(CancellationToken cancellation)
    {
        var (type, content) = await ReceiveAsync(cancellation).ConfigureAwait(false);
        if (type != Frames.Hello || content.Length != 8
            || BinaryPrimitives.ReadUInt32LittleEndian(content.Span) != Frames.Version)
        {
            throw new SlotBrokenException("The runner is of another version than the server; build it, or its image, again.");
        }

        HasResident = (BinaryPrimitives.ReadUInt32LittleEndian(content.Span[4..]) & ResidentBit) != 0;
    }

    /// <summary>Runs a program.</summary>
    /// <param name="run">The program.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="ends">Where a streamed run's input comes from and its output goes; null for any other.</param>
    /// <exception cref="SlotBrokenException">The slot must be thrown away; nothing is known of the program.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up; the slot is clean.</exception>
    public async Task<AgentAnswer> RunAsync(AgentRun run, CancellationToken cancellation, StreamEnds? ends = null)
    {
        cancellation.ThrowIfCancellationRequested();
        var answer = await AskAsync(run, ends, cancellation).ConfigureAwait(false);
        if (answer.Cause == AgentCause.Cancelled)
        {
            cancellation.ThrowIfCancellationRequested();
        }

        return answer;
    }

    /// <summary>Ends the agent, and with it all that runs in the slot.</summary>
    public async ValueTask DisposeAsync()
    {
        await stream.DisposeAsync().ConfigureAwait(false);
        await end(EndGrace).ConfigureAwait(false);
    }

    private async Task<AgentAnswer> AskAsync(AgentRun run, StreamEnds? ends, CancellationToken cancellation)
    {
        Runs++;
        var id = ++lastId;
        var sent = false;
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(HardEndFactor * run.Limits.WallSeconds) + Grace, time);
        try
        {
            await SendAsync(Frames.EncodeRunHead(id, run, request), deadline.Token).ConfigureAwait(false);
            request = request.Capacity > KeptRequestBytes ? new() : request;
            await SendAsync(run.IsStreamed ? default : run.Stdin, deadline.Token).ConfigureAwait(false);
            sent = true;
            var answer = await (ends is null ? AwaitAsync(id, run, deadline, cancellation) : StreamAsync(id, run, ends, deadline, cancellation)).ConfigureAwait(false);
            Anomaly = answer.Anomaly.Length > 0 ? answer.Anomaly : null;
            return answer;
        }
        catch (OperationCanceledException late)
        {
            throw new SlotBrokenException("The agent did not answer in time.", late);
        }
        catch (IOException gone)
        {
            throw new SlotBrokenException("The agent is gone: " + gone.Message, gone) { MayBeProgram = sent && await DiedByItselfAsync().ConfigureAwait(false) };
        }
        catch (SlotBrokenException broken)
        {
            throw new SlotBrokenException(broken.Message, broken) { MayBeProgram = sent && (broken.MayBeProgram || await DiedByItselfAsync().ConfigureAwait(false)) };
        }
    }

    private async Task<AgentAnswer> AwaitAsync(uint id, AgentRun run, CancellationTokenSource deadline, CancellationToken cancellation)
    {
        // Only now, or the frame that cancels would stand in the middle of the request.
        await using var registration = cancellation.UnsafeRegister(_ => Cancel(id, deadline), null).ConfigureAwait(false);
        return await CollectAsync(id, run, null, deadline.Token).ConfigureAwait(false);
    }

    private async Task<AgentAnswer> StreamAsync(
        uint id, AgentRun run, StreamEnds ends, CancellationTokenSource deadline, CancellationToken cancellation)
    {
        var streamed = new StreamedRun(stream, id, run.Stdin, ends);
        using var over = new CancellationTokenSource();
        var feeding = streamed.FeedAsync(deadline, CancelGrace, over.Token, cancellation);
        try
        {
            return await CollectAsync(id, run, streamed, deadline.Token).ConfigureAwait(false);
        }
        finally
        {
            // The next request must not stand in the middle of what is being written.
            await over.CancelAsync().ConfigureAwait(false);
            await feeding.ConfigureAwait(false);
        }
    }

    private Task<bool> DiedByItselfAsync() => diedByItself?.Invoke() ?? Task.FromResult(true);

    private void Cancel(uint id, CancellationTokenSource deadline)
    {
        try
        {
            // A frame this small is taken whole or, where the agent is gone, not at all.
            stream.Write(Frames.EncodeCancel(id));
            deadline.CancelAfter(CancelGrace);
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException)
        {
            // The conversation finds it out by itself.
        }
    }

    private async Task<AgentAnswer> CollectAsync(uint id, AgentRun run, StreamedRun? streamed, CancellationToken deadline)
    {
        var limit = (long)run.Limits.OutputKb << 10;
        KeptOutput[] streams = [new(limit), new(limit), new(64 << 10)];
        var files = new IncomingFiles(run.OutputFiles);
        while (true)
        {
            var (type, content) = await ReceiveAsync(deadline).ConfigureAwait(false);
            switch (type)
            {
                case Frames.Output when content.Length >= 5 && BinaryPrimitives.ReadUInt32LittleEndian(content.Span) == id
                    && content.Span[4] < streams.Length:
                    if (streamed is null or { KeepsOutput: true })
                    {
                        streams[content.Span[4]].Append(content.Span[5..]);
                    }

                    if (content.Span[4] == 0 && streamed is not null)
                    {
                        await streamed.PassOnAsync(content[5..]).ConfigureAwait(false);
                    }

                    break;
                case Frames.Taken when streamed is not null:
                    streamed.Take(content.Span);
                    break;
                case Frames.File:
                    files.Append(content.Span, id);
                    break;
                case Frames.Done:
                    return Frames.DecodeDone(content, id) with
                    {
                        Stdout = streams[0].Bytes,
                        Stderr = streams[1].Bytes,
                        Report = streams[2].Bytes,
                        Files = files.Collect(),
                    };
                default:
                    throw new SlotBrokenException("The agent sent a frame that was not expected.") { MayBeProgram = true };
            }
        }
    }

    private async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken deadline) =>
        await stream.WriteAsync(bytes, deadline).ConfigureAwait(false);

    private async Task<(byte Type, ReadOnlyMemory<byte> Payload)> ReceiveAsync(CancellationToken deadline)
    {
        var head = await TakeAsync(Frames.HeaderLength, deadline).ConfigureAwait(false);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(head.Span);
        var type = head.Span[4];
        if (length > payload.Length)
        {
            throw new SlotBrokenException("The agent sent a frame that is too long.") { MayBeProgram = true };
        }

        var content = await TakeAsync((int)length, deadline).ConfigureAwait(false);
        return type == Frames.Broken
            ? throw new SlotBrokenException(Encoding.UTF8.GetString(content.Span))
            : (type, content);
    }

    // Frames that come together are read together: a call to the kernel costs more than the copy.
    private async Task<ReadOnlyMemory<byte>> TakeAsync(int count, CancellationToken deadline)
    {
        var read = await reader.ReadAtLeastAsync(count, deadline).ConfigureAwait(false);
        if (read.Buffer.Length < count)
        {
            throw new SlotBrokenException("The agent is gone.");
        }

        var taken = read.Buffer.Slice(0, count);
        taken.CopyTo(payload);
        reader.AdvanceTo(taken.End);
        return payload.AsMemory(0, count);
    }
}
