using System.IO.Pipelines;

namespace RewardServer.Sandboxing.Engines;

/// <summary>What a streamed run is connected to.</summary>
/// <param name="Input">What it reads, after the input of its request.</param>
/// <param name="Output">Gets what it writes to standard output and is kept of it.</param>
internal sealed record StreamEnds(PipeReader Input, PipeWriter Output)
{
    // Nobody waits for a reader: what is under way is bounded by what is kept of an output. Read where it is written, for
    // a change of threads would cost most of an exchange.
    private static readonly PipeOptions Unhindered = new(
        readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.Inline, pauseWriterThreshold: 0, resumeWriterThreshold: 0, useSynchronizationContext: false);

    /// <summary>Whether what the program writes is kept for its answer, too. A run that lives long only passes it on.</summary>
    public bool KeepsOutput { get; init; } = true;

    /// <summary>Two pairs, each of which reads what goes to the other.</summary>
    public static (StreamEnds First, StreamEnds Second) Crossed()
    {
        var (there, back) = (new Pipe(Unhindered), new Pipe(Unhindered));
        return (new(back.Reader, there.Writer), new(there.Reader, back.Writer));
    }

    /// <summary>Ends what the other reads, and drops what it still writes.</summary>
    public void Complete()
    {
        Output.Complete();
        Input.Complete();
    }
}
