using System.Buffers;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using RewardServer.Hosting;
using RewardServer.Jobs.Results;
using RewardServer.Jobs.Running;

namespace RewardServer.Cli.Grade;

/// <summary>Where results go. They are handed to the system in whole rows and groups, so that a run which breaks off leaves but one that is not whole: the last.</summary>
internal sealed class GradeOutput : IAsyncDisposable
{
    private const int MostHeld = 1 << 16;
    private static readonly TimeSpan LongestHeld = TimeSpan.FromSeconds(1);

    private readonly Stream file;
    private readonly MendedOutput? mended;
    private readonly Func<IAsyncEnumerable<KeptRow>>? kept;
    private readonly ResumePoint point;
    private readonly GradeArguments arguments;
    private readonly ArrayBufferWriter<byte> held = new(2 * MostHeld);
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly CancellationTokenSource stop = new();
    private readonly Task flushing;
    private bool isMending, isCut;
    private IOException? fault;

    private GradeOutput(Stream file, GradeArguments arguments)
        : this(file, null, null, new(0, 0, 0), arguments)
    {
    }

    private GradeOutput(Stream file, MendedOutput? mended, Func<IAsyncEnumerable<KeptRow>>? kept, ResumePoint point, GradeArguments arguments)
    {
        (this.file, this.mended, this.kept, this.point, this.arguments) = (file, mended, kept, point, arguments);
        // What is not whole stays until there is something to stand in its place: a run that is stopped early takes nothing away.
        (isMending, isCut) = (mended is not null, mended is not null || kept is null);
        flushing = FlushNowAndThenAsync();
    }

    /// <summary>The number of the last row that the file held whole when it was opened; 0 for none.</summary>
    public long LastRow => point.Row;

    /// <summary>Rows up to that one that are graded all the same, since they failed.</summary>
    public ImmutableArray<RowRange> Failed => point.Failed;

    /// <summary>What a person should know of the results that the file held; null for nothing.</summary>
    public string? Warning { get; private init; }

    /// <summary>The rows that the file held when it was opened.</summary>
    public IAsyncEnumerable<KeptRow> KeptAsync() => kept?.Invoke() ?? AsyncEnumerable.Empty<KeptRow>();

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
            // The input, or a file that is open otherwise, is told as that.
            OpenFile.Extend("--output", arguments.Output).Dispose();
            throw new StartException([$"--output: {arguments.Output} holds something already: --resume goes on with the results in it, --overwrite replaces them"]);
        }
    }

    /// <summary>Opens it, where it is to go on behind the last row that is whole.</summary>
    /// <param name="arguments">Which, and how.</param>
    /// <param name="grading">What grades now.</param>
    /// <param name="report">Told of the results that stay.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="StartException">It cannot be written; or what it holds cannot be gone on with.</exception>
    public static async Task<GradeOutput> OpenAsync(GradeArguments arguments, IGrading grading, RunReport report, CancellationToken cancellation)
    {
        if (!arguments.Resume)
        {
            Check(arguments);
            return new(OpenFile.Write("--output", arguments.Output), arguments);
        }

        var file = OpenFile.Extend("--output", arguments.Output);
        try
        {
            var (point, engine) = await KeptResults.ReadAsync(file, grading.Identity, grading.NeedsGroups, report, cancellation);
            var mended = point.Failed.IsEmpty ? null : MendedOutput.Open(file, arguments.Output, point);
            return new(mended?.File ?? file, mended, () => KeptRow.ReadAsync(file.SafeFileHandle, point.Length), point, arguments)
            {
                Warning = engine is null ? null : $"--resume: {arguments.Output} has results of the engine {engine}, and now {grading.Identity.Engine} grades: they may differ, and replay tells",
            };
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
                await CopyKeptAsync(line.Row);
                Hold(line.Json.Span);
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

    /// <summary>Writes what is still held back, and of rows that were kept those that are not there yet.</summary>
    /// <param name="isWhole">Whether all rows were graded; else what was not whole before stays, where nothing new stands in its place.</param>
    /// <exception cref="IOException">It, or what was held earlier, could not be written.</exception>
    public async Task EndAsync(bool isWhole)
    {
        await turn.WaitAsync();
        try
        {
            await CopyKeptAsync(long.MaxValue, withRest: !isWhole);
            await HandOverAsync();
            if (isWhole)
            {
                Cut();
            }
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
        await (mended?.DisposeAsync() ?? default);
        turn.Dispose();
        stop.Dispose();
    }

    private async Task FlushAsync()
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

    private void Hold(ReadOnlySpan<byte> line)
    {
        held.Write(line);
        held.Write("\n"u8);
    }

    // Rows that were kept stand between those that are graded anew. Behind them the file is whole, and goes on as one.
    private async Task CopyKeptAsync(long before, bool withRest = false)
    {
        if (!isMending)
        {
            return;
        }

        try
        {
            while (await mended!.NextAsync(before) is { } lines)
            {
                foreach (var line in lines)
                {
                    Hold(JsonMarshal.GetRawUtf8Value(line));
                }

                if (held.WrittenCount >= MostHeld)
                {
                    await HandOverAsync();
                }
            }

            await mended.PassAsync(before);
            if (before > LastRow)
            {
                await HandOverAsync();
                await (withRest ? mended.CopyRestAsync() : Task.CompletedTask);
                mended.Replace();
                isMending = false;
            }
        }
        catch (Exception exception)
        {
            // What could not be copied must never look as if it were all: the output stays as it was.
            fault ??= exception as IOException ?? new IOException(exception.Message, exception);
            throw;
        }
    }

    private void Cut()
    {
        if (!isCut)
        {
            file.SetLength(point.Length);
            file.Position = point.Length;
            isCut = true;
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
            if (!bytes.IsEmpty)
            {
                Cut();
            }

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
