using System.Text.Json;
using RewardServer.Jobs.Results;
using RewardServer.Jobs.Rows;

namespace RewardServer.Jobs.Replaying;

/// <summary>One line of results that were graded before.</summary>
/// <param name="Row">The number of its row in what was graded.</param>
/// <param name="Sample">Which of the row's completions, from 0.</param>
/// <param name="Result">The line, a JSON object.</param>
public sealed record Recorded(long Row, int Sample, JsonElement Result)
{
    /// <summary>By what it was graded; what the line does not say is empty.</summary>
    public RunIdentity Identity => new(Text("rubric"), Text("rubricHash"), Text("engine"));

    /// <summary>Reads results, which must be in the order of their rows.</summary>
    /// <param name="lines">The lines of the file.</param>
    /// <param name="passedOver">Told of a last line that cannot be read, since whatever wrote it was stopped: it is passed over.</param>
    /// <exception cref="InvalidDataException">A line is no result of a data set's, or stands out of order.</exception>
    public static async IAsyncEnumerable<Recorded> ReadAsync(IAsyncEnumerable<Row> lines, Action<string>? passedOver = null)
    {
        Recorded? last = null;
        Row? unread = null;
        await foreach (var line in lines.ConfigureAwait(false))
        {
            if (unread is { } broken)
            {
                throw Unreadable(broken);
            }

            if (line.Error is not null && last is not null)
            {
                unread = line;
                continue;
            }

            var read = Of(line);
            if (last is not null && (read.Row, read.Sample).CompareTo((last.Row, last.Sample)) <= 0)
            {
                throw new InvalidDataException(
                    $"the results' line {line.Number} is of row {read.Row}, sample {read.Sample}, after one of row {last.Row}, sample {last.Sample}: results are replayed in the order of their rows, each once");
            }

            yield return last = read;
        }

        if (unread is { } cut)
        {
            passedOver?.Invoke($"the results' line {cut.Number} is passed over, it {cut.Error}");
        }
    }

    private static InvalidDataException Unreadable(Row line) => new($"the results' line {line.Number} {line.Error}");

    private static Recorded Of(Row line)
    {
        if (line.Error is not null)
        {
            throw Unreadable(line);
        }

        var result = line.Fields;
        return !(result.TryGetProperty("row", out var row) && row.ValueKind == JsonValueKind.Number && row.TryGetInt64(out var number))
            ? throw new InvalidDataException($"the results' line {line.Number} has no 'row': it is no result of rewardserver grade's")
            : !(result.TryGetProperty("outcome", out var outcome) && outcome.ValueKind == JsonValueKind.String)
            ? throw new InvalidDataException($"the results' line {line.Number} has no 'outcome': it is no result of rewardserver grade's")
            : new(number, result.TryGetProperty("sample", out var sample) && sample.ValueKind == JsonValueKind.Number && sample.TryGetInt32(out var index) ? index : 0, result);
    }

    private string Text(string member) => Result.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
