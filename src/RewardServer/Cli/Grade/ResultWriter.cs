using System.Buffers;
using RewardServer.Hosting;
using RewardServer.Jobs.Results;

namespace RewardServer.Cli.Grade;

/// <summary>Where results go. They are handed to the system in whole rows and groups, so that a run which breaks off leaves but one that is not whole: the last.</summary>
internal sealed class ResultWriter : IAsyncDisposable
{
    private const int MostHeld = 1 << 16;
    private static readonly TimeSpan LongestHeld = TimeSpan.FromSeconds(1);

    private readonly Stream file;
    private readonly GradeArguments arguments;
    private readonly ArrayBufferWriter<byte> held = new(2 * MostHeld);
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly CancellationTokenSource stop = new();
    private readonly Task flushing;
    private IOException? fault;

    private ResultWriter(Stream file, GradeArguments arguments)
    {
        (this.file, this.arguments) = (file, arguments);
        flushing = FlushNowAndThenAsync();
    }

    /// <summary>The number of the last row that the file held whole when it was opened; 0 for none.</summary>
    public long LastRow { get; private init; }

    /// <summary>What a person does to go on.</summary>
    public string HowToGoOn => arguments.Output == "-"
        ? "What was written to standard output is whole up to its last line."
        : $"{arguments.Output} holds what was graded; the same command with --resume{(arguments.Overwrite ? " in place of --overwrite" : "")} goes on with it.";

    /// <summary>Looks whether it can be written, before anything is started.</summary>
    /// <exception cref="StartException">It holds something, and nobody said what is to become of that.</exception>
    public static void Check(GradeArguments arguments)
    {
        if (arguments is { Output: not "-", Resume: false, Overwrite: false } && new FileInfo(arguments.Output) is { Exists: true, Length: > 0 })
        {
            throw new StartException([$"--output: {arguments.Output} holds something already: --resume goes on with the results in it, --overwrite replaces them"]);
        }
    }

    /// <summary>Opens it, where it is to go on behind the last row that is whole.</summary>
    /// <param name="arguments">Which, and how.</param>
    /// <param name="identity">By what is graded now.</param>
    /// <param name="report">Told of the results that stay.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="StartException">It cannot be written; or what it holds cannot be gone on with.</exception>
    public static async Task<ResultWriter> OpenAsync(GradeArguments arguments, RunIdentity identity, RunReport report, CancellationToken cancellation)
    {
        if (!arguments.Resume)
        {
            Check(arguments);
            return new(OpenFile.Write("--output", arguments.Output), arguments);
        }

        var file = OpenFile.Extend("--output", arguments.Output);
        try
        {
            return new(file, arguments) { LastRow = await KeptResults.CutAsync(file, identity, report, cancellation) };
        }
        catch (InvalidDataException exception)
        {
            await file.DisposeAsync();
            throw new StartException([$"--resume: {arguments.Output}: {exception.Message}"]);
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    /// <summary>Writes whole rows.</summary>
    /// <exception cref="IOException">They, or earlier ones, could not be written.</exception>
    public async Task WriteAsync(IReadOnlyList<ResultLine> lines)
    {
        await turn.WaitAsync();
        try
        {
            foreach (var line in lines)
            {
                held.Write(line.Json.Span);
                held.Write("\n"u8);
            }

            if (held.WrittenCount >= MostHeld)
            {
                await HandOverAsync();
            }
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Writes what is still held back.</summary>
    /// <exception cref="IOException">It, or what was held earlier, could not be written.</exception>
    public async Task FlushAsync()
    {
        await turn.WaitAsync();
        try
        {
            await HandOverAsync();
        }
        finally
        {
            turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await flushing;
        await file.DisposeAsync();
        turn.Dispose();
        stop.Dispose();
    }

    // Where rows take long, or come seldom, whoever looks on sees them all the same.
    private async Task FlushNowAndThenAsync()
    {
        using var timer = new PeriodicTimer(LongestHeld);
        try
        {
            while (await timer.WaitForNextTickAsync(stop.Token))
            {
                await FlushAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // The run has ended.
        }
        catch (IOException)
        {
            // It is kept, and told to whoever writes next, or at the end.
        }
    }

    private async Task HandOverAsync()
    {
        if (fault is not null)
        {
            throw new IOException(fault.Message, fault);
        }

        var bytes = held.WrittenMemory;
        try
        {
            // Never broken off by Ctrl-C: it would leave half a row.
            await file.WriteAsync(bytes, CancellationToken.None);
            await file.FlushAsync(CancellationToken.None);
        }
        catch (IOException exception)
        {
            fault = exception;
            throw;
        }
        finally
        {
            // Also where it failed: what has been tried is not tried again behind itself.
            held.ResetWrittenCount();
        }
    }
}
