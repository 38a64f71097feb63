using System.Text.Json;
using RewardServer.Jobs.Reports;
using RewardServer.Jobs.Results;

namespace RewardServer.Cli.Grade;

/// <summary>Counts a run, and gathers its report. Not for several threads at once.</summary>
/// <param name="options">How the report is built; null for the defaults.</param>
internal sealed class RunReport(ReportOptions? options = null) : IDisposable
{
    private readonly ReportBuilder builder = new(options);

    /// <summary>What the run has come to, with what was there before it.</summary>
    public RunTally Tally { get; private set; } = RunTally.Start;

    /// <summary>Why there is no report; null where there is one.</summary>
    public string? Fault { get; private set; }

    /// <summary>Adds what was graded now.</summary>
    public void Add(IReadOnlyList<ResultLine> lines)
    {
        // Rows that failed are graded anew behind others: the last is the one that is furthest.
        var now = Tally.With(lines);
        Tally = now with { LastRow = Math.Max(now.LastRow, Tally.LastRow) };
        foreach (var line in lines)
        {
            Gather(JsonElement.Parse(line.Json.Span));
        }
    }

    /// <summary>Adds a line that was graded before.</summary>
    /// <returns>What is wrong with it; null where nothing is.</returns>
    public string? Add(JsonElement kept, long row)
    {
        var (line, error) = GradedLine.Read(kept);
        if (line is null)
        {
            return error;
        }

        Tally = Tally with
        {
            Scored = Tally.Scored + (line.Outcome == "scored" ? 1 : 0),
            Skipped = Tally.Skipped + (line.Outcome == "skipped" ? 1 : 0),
            Failed = Tally.Failed + (line.Outcome == "failed" ? 1 : 0),
            RewardSum = Tally.RewardSum + (line.Reward ?? 0),
            LastRow = row,
        };
        Gather(kept);
        return null;
    }

    /// <summary>The report; null where it could not be made.</summary>
    public Jobs.Reports.Report? Build()
    {
        try
        {
            return Fault is null ? builder.Build() : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            Fault = exception.Message;
            return null;
        }
    }

    public void Dispose() => builder.Dispose();

    // It keeps lines on disk where there are many. Where that is full, or may not be written, results are written on all the same.
    private void Gather(JsonElement line)
    {
        if (Fault is not null)
        {
            return;
        }

        try
        {
            var (read, error) = GradedLine.Read(line);
            builder.Add(read ?? throw new IOException($"a line of results {error}"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Fault = exception.Message;
        }
    }
}
