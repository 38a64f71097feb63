using System.Text.Json;
using RewardServer.Jobs.Reports;
using RewardServer.Jobs.Results;
using RewardServer.Jobs.Rows;

namespace RewardServer.Cli.Grade;

/// <summary>The results that an output holds from an earlier run.</summary>
internal static class KeptResults
{
    private static ReadOnlySpan<byte> Beginning => "{\"row\":"u8;

    /// <summary>Reads them, and finds what stays. Nothing is cut off yet.</summary>
    /// <param name="file">The file.</param>
    /// <param name="identity">By what is graded now.</param>
    /// <param name="wholeGroups">Whether a row that failed is graded anew with its group.</param>
    /// <param name="report">Told of the results that stay and are not graded anew.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What stays; and the engine that graded some of it, where that is another than today's.</returns>
    /// <exception cref="InvalidDataException">It holds something else, or results of another rubric.</exception>
    public static async Task<(ResumePoint Point, string? OtherEngine)> ReadAsync(
        FileStream file, RunIdentity identity, bool wholeGroups, RunReport report, CancellationToken cancellation)
    {
        var point = await ResumePoint.FindAsync(file, wholeGroups, cancellation);
        if (!await IsResultAsync(file, point.Length, cancellation))
        {
            throw new InvalidDataException("it holds something else than results, which is not to be lost");
        }

        file.Position = 0;
        var failed = new RowsInOrder(point.Failed);
        string? otherEngine = null;
        await foreach (var row in RowReader.ReadAsync(file, RowFormat.Jsonl, int.MaxValue, cancellation))
        {
            var isKept = row.Number <= point.Lines;
            var error = row.Error is { } unreadable ? isKept ? unreadable : null : Difference(row, identity) ?? (isKept ? Add(row, failed, report) : null);
            if (error is not null)
            {
                throw new InvalidDataException($"line {row.Number} {error}");
            }

            otherEngine ??= isKept && Text(row, "engine") is { } engine && engine != identity.Engine ? engine : null;
        }

        return (point, otherEngine);
    }

    private static string? Add(Row line, RowsInOrder failed, RunReport report)
    {
        var row = line.Fields.GetProperty("row").GetInt64();
        return failed.Holds(row) ? GradedLine.Read(line.Fields).Error : report.Add(line.Fields, row);
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
        row.Fields.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? Readable(value) : null;

    // The members that grade writes itself are texts; what someone put there by hand may be none.
    private static string Readable(JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return value.GetRawText();
        }
    }
}
