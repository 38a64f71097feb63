using System.Buffers;
using RewardServer.Hosting;
using RewardServer.Jobs.Results;
using RewardServer.Jobs.Rows;

namespace RewardServer.Cli.Grade;

/// <summary>Where results go. They are handed to the system in whole rows and groups, so that a run which breaks off leaves but one that is not whole: the last.</summary>
internal sealed class ResultWriter : IAsyncDisposable
{
    private const int MostHeld = 1 << 16;
    private static readonly TimeSpan LongestHeld = TimeSpan.FromSeconds(1);

    private readonly Stream file;
    private readonly GradeArguments arguments;
    private readonly TimeProvider time = TimeProvider.System;
    private readonly ArrayBufferWriter<byte> held = new(2 * MostHeld);
    private long written;

    private ResultWriter(Stream file, GradeArguments arguments)
    {
        (this.file, this.arguments) = (file, arguments);
        written = time.GetTimestamp();
    }

    /// <summary>The number of the last row that the file held whole when it was opened; 0 for none.</summary>
    public long LastRow { get; private init; }

    private static ReadOnlySpan<byte> Beginning => "{\"row\":"u8;

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
            return new(file, arguments) { LastRow = await KeepAsync(file, identity, report, cancellation) };
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
    /// <exception cref="IOException">They could not be written.</exception>
    public async Task WriteAsync(IReadOnlyList<ResultLine> lines)
    {
        foreach (var line in lines)
        {
            held.Write(line.Json.Span);
            held.Write("\n"u8);
        }

        if (held.WrittenCount >= MostHeld || time.GetElapsedTime(written) >= LongestHeld)
        {
            await FlushAsync();
        }
    }

    /// <summary>Writes what is still held back.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    public async Task FlushAsync()
    {
        var bytes = held.WrittenMemory;
        try
        {
            // Never broken off by Ctrl-C: it would leave half a row.
            await file.WriteAsync(bytes, CancellationToken.None);
            await file.FlushAsync(CancellationToken.None);
        }
        finally
        {
            // Also where it failed: what has been tried is not tried again behind itself.
            held.ResetWrittenCount();
            written = time.GetTimestamp();
        }
    }

    public ValueTask DisposeAsync() => file.DisposeAsync();

    private static async Task<long> KeepAsync(FileStream file, RunIdentity identity, RunReport report, CancellationToken cancellation)
    {
        var point = await ResumePoint.FindAsync(file, cancellation);
        if (!await IsResultAsync(file, point.Length, cancellation))
        {
            throw new InvalidDataException("it holds something else than results, which is not to be lost");
        }

        file.Position = 0;
        var kept = new Prefix(file, point.Length);
        await foreach (var row in RowReader.ReadAsync(kept, RowFormat.Jsonl, int.MaxValue, cancellation))
        {
            var error = row.Error ?? Difference(row, identity) ?? report.Add(row.Fields, row.Fields.GetProperty("row").GetInt64());
            if (error is not null)
            {
                throw new InvalidDataException($"line {row.Number} {error}");
            }
        }

        file.SetLength(point.Length);
        file.Position = point.Length;
        return point.Row;
    }

    // What is cut off must be the beginning of a result, too: a file that someone names by mistake is kept.
    private static async Task<bool> IsResultAsync(FileStream file, long at, CancellationToken cancellation)
    {
        var beginning = new byte[Beginning.Length];
        file.Position = at;
        var length = await file.ReadAtLeastAsync(beginning, beginning.Length, throwOnEndOfStream: false, cancellation);
        return Beginning.StartsWith(beginning.AsSpan(0, length));
    }

    private static string? Difference(Row row, RunIdentity identity)
    {
        var (rubric, hash) = (Text(row, "rubric"), Text(row, "rubricHash"));
        return hash == identity.RubricHash ? null
            : $"was graded by the rubric {rubric} ({hash}), and --rubric is {identity.Rubric} ({identity.RubricHash}): results of two rubrics do not go into one file";
    }

    private static string? Text(Row row, string member) =>
        row.Fields.TryGetProperty(member, out var value) && value.ValueKind == System.Text.Json.JsonValueKind.String ? value.GetString() : null;
}
