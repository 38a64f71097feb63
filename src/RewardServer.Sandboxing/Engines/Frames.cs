using System.Buffers.Binary;
using System.Text;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Sandboxing.Engines;

/// <summary>The frames that pass between server and agent (sandbox-images/runner/README.md).</summary>
internal static class Frames
{
    public const uint Version = 5;
    public const int HeaderLength = 5;
    public const int MaxRequest = 192 << 20;

    // The agent's answers are short, but for a chunk of output.
    public const int MaxAnswer = 128 << 10;

    /// <summary>The most bytes of streamed input that may be under way, and so in one frame.</summary>
    public const int InputWindow = 64 << 10;

    public const byte Run = 1, Cancel = 2, Cgroup = 3, Input = 4, Hello = 16, Output = 17, Done = 18, Broken = 19, File = 20, Taken = 21;

    /// <summary>The most files that a run can be asked for.</summary>
    public const int MaxOutputFiles = 64;

    private const uint ReportFlag = 1, KeepFlag = 2, ResidentFlag = 4, PinFlag = 8, StreamFlag = 16;

    public static byte[] EncodeCancel(uint id)
    {
        var frame = new byte[HeaderLength + 4];
        BinaryPrimitives.WriteUInt32LittleEndian(frame, 4);
        frame[4] = Cancel;
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(HeaderLength), id);
        return frame;
    }

    /// <summary>Writes what comes before some bytes of streamed input.</summary>
    public static void WriteInputHead(Span<byte> frame, uint id, int length)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(frame, (uint)length + 4);
        frame[4] = Input;
        BinaryPrimitives.WriteUInt32LittleEndian(frame[HeaderLength..], id);
    }

    /// <summary>All of a request but its standard input, which is sent as it is behind it; or in frames of its own, where it is streamed.</summary>
    /// <param name="id">The run's number.</param>
    /// <param name="run">The run.</param>
    /// <param name="stream">Where it is written from the start, in the place of what was there.</param>
    /// <returns>The bytes, in the stream's own memory.</returns>
    public static ReadOnlyMemory<byte> EncodeRunHead(uint id, AgentRun run, MemoryStream stream)
    {
        var input = run.IsStreamed ? 0 : run.Stdin.Length;
        stream.SetLength(0);
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(0u);
        writer.Write(Run);
        writer.Write(id);
        writer.Write((run.WithReport ? ReportFlag : 0) | (run.KeepsScratch ? KeepFlag : 0) | (run.ByResident ? ResidentFlag : 0) | (run.IsStreamed ? StreamFlag : 0)
            | (run.Processor is { } processor ? PinFlag | ((uint)processor << 16) : 0));
        writer.Write((ulong)Math.Ceiling(run.Limits.CpuSeconds * 1e6));
        writer.Write((ulong)Math.Ceiling(run.Limits.WallSeconds * 1e6));
        writer.Write((ulong)run.Limits.MemoryMb << 20);
        writer.Write((ulong)(run.Limits.FileKb ?? run.Limits.OutputKb) << 10);
        writer.Write((ulong)run.Limits.OutputKb << 10);
        writer.Write((uint)run.Limits.Processes);
        writer.Write((uint)run.Limits.OpenFiles);
        WriteStrings(writer, run.Arguments);
        WriteStrings(writer, run.Environment);
        writer.Write((uint)run.Files.Count);
        foreach (var file in run.Files)
        {
            WriteString(writer, file.Path);
            writer.Write(file.Executable ? 1u : 0u);
            writer.Write((ulong)file.Content.Length);
            writer.Write(file.Content.Span);
        }

        WriteStrings(writer, run.OutputFiles);
        writer.Write((ulong)RunRequest.MaxOutputFileBytes);
        writer.Write((ulong)input);
        writer.Flush();
        var frame = stream.GetBuffer().AsMemory(0, (int)stream.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(frame.Span, checked((uint)(frame.Length - HeaderLength + input)));
        return frame;
    }

    /// <summary>Reads the answer that ends a run.</summary>
    /// <exception cref="SlotBrokenException">It is cut off, or of another run.</exception>
    public static AgentAnswer DecodeDone(ReadOnlyMemory<byte> payload, uint id)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(payload.ToArray()));
            if (reader.ReadUInt32() != id)
            {
                throw new SlotBrokenException("The agent answered for another run.");
            }

            return new AgentAnswer
            {
                Cause = (AgentCause)reader.ReadUInt32(),
                WaitStatus = reader.ReadUInt32(),
                UserMicroseconds = reader.ReadUInt64(),
                SystemMicroseconds = reader.ReadUInt64(),
                WallMicroseconds = reader.ReadUInt64(),
                PeakBytes = reader.ReadUInt64(),
                StdoutBytes = reader.ReadUInt64(),
                StderrBytes = reader.ReadUInt64(),
                OomKills = reader.ReadUInt64(),
                RefusedForks = reader.ReadUInt64(),
                Instructions = reader.ReadUInt64(),
                Fault = ReadText(reader),
                Anomaly = ReadText(reader),
            };
        }
        catch (EndOfStreamException cut)
        {
            throw new SlotBrokenException("The agent's answer is cut off.", cut);
        }
    }

    private static string ReadText(BinaryReader reader)
    {
        var length = reader.ReadUInt32();
        return length > MaxAnswer
            ? throw new SlotBrokenException("The agent's answer is malformed.")
            : Encoding.UTF8.GetString(reader.ReadBytes((int)length));
    }

    private static void WriteStrings(BinaryWriter writer, IReadOnlyList<string> texts)
    {
        writer.Write((uint)texts.Count);
        foreach (var text in texts)
        {
            WriteString(writer, text);
        }
    }

    private static void WriteString(BinaryWriter writer, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        writer.Write((uint)bytes.Length + 1);
        writer.Write(bytes);
        writer.Write((byte)0);
    }
}
