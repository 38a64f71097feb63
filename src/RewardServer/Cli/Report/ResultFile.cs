using RewardServer.Cli.Train;
using RewardServer.Hosting;
using RewardServer.Jobs.Reports;
using RewardServer.Jobs.Rows;

namespace RewardServer.Cli.Report;

/// <summary>A file of results, read line by line.</summary>
/// <param name="path">Where it is; "-" for standard input.</param>
/// <param name="stream">The file.</param>
internal sealed class ResultFile(string path, Stream stream) : IAsyncDisposable
{
    private const int LongestError = 300;

    /// <summary>What it is called in messages and titles.</summary>
    public string Name { get; } = path == "-" ? "standard input" : Path.GetFileName(path);

    /// <summary>Where it is, for messages.</summary>
    public string Place => path == "-" ? Name : path;

    /// <exception cref="StartException">It cannot be read.</exception>
    public static ResultFile Open(string path) => new(path, OpenFile.Read("results", path));

    /// <summary>Reads it to its end.</summary>
    /// <param name="add">Takes each line.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>A note where the last line was passed over, since whatever wrote it was stopped; else null.</returns>
    /// <exception cref="StartException">Another line is no result.</exception>
    /// <exception cref="IOException">It cannot be read to its end.</exception>
    public async Task<string?> ReadAsync(Action<GradedLine> add, CancellationToken cancellation)
    {
        Row? unread = null;
        var lines = 0L;
        try
        {
            await foreach (var row in RowReader.ReadAsync(stream, RowFormat.Jsonl, cancellation: cancellation))
            {
                // What cannot be read is passed over only where nothing follows.
                if (unread is { } broken)
                {
                    throw NoResult(broken.Number, broken.Error);
                }

                if (row.Error is not null)
                {
                    unread = row;
                    continue;
                }

                var (line, error) = GradedLine.Read(row.Fields);
                add(line ?? throw NoResult(row.Number, error));
                lines++;
            }
        }
        catch (InvalidDataException exception)
        {
            throw new IOException($"{Place}: {exception.Message}", exception);
        }

        return unread is not { } last ? null
            : lines == 0 ? throw NoResult(last.Number, last.Error)
            : $"{Place}: line {last.Number} is passed over, it {TerminalText.Beginning(last.Error ?? "", 1, LongestError)}";
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();

    private StartException NoResult(long line, string? error) => new([$"{Place}: line {line} is no result: it {TerminalText.Beginning(error ?? "", 1, LongestError)}"]);
}
