using System.Text.Json;
using Microsoft.Win32.SafeHandles;
using RewardServer.Hosting;
using RewardServer.Jobs.Reports;
using RewardServer.Jobs.Rows;
using RewardServer.Jobs.Running;

namespace RewardServer.Cli.Grade;

/// <summary>The results of one row that an output holds.</summary>
/// <param name="Number">The row's number.</param>
/// <param name="Lines">Its lines, one a completion.</param>
internal sealed record KeptRow(long Number, List<JsonElement> Lines)
{
    /// <summary>Reads them.</summary>
    /// <param name="file">The output, which stays where it is.</param>
    /// <param name="length">How many bytes of it stay.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static async IAsyncEnumerable<KeptRow> ReadAsync(SafeFileHandle file, long length)
    {
        KeptRow? open = null;
        await foreach (var line in RowReader.ReadAsync(new FileWindow(file, length), RowFormat.Jsonl, int.MaxValue))
        {
            if (line.Error is { } changed)
            {
                throw new IOException($"line {line.Number} of the output {changed}: it was changed meanwhile");
            }

            var number = line.Fields.GetProperty("row").GetInt64();
            if (open is not null && open.Number != number)
            {
                yield return open;
                open = null;
            }

            (open ??= new(number, [])).Lines.Add(line.Fields);
        }

        if (open is not null)
        {
            yield return open;
        }
    }

    /// <summary>Compares it with the row of the input that has its place.</summary>
    /// <exception cref="StartException">It was made of another row.</exception>
    public void Check(Row row, IReadOnlyList<Sample> samples)
    {
        var was = Number != row.Number ? $"and the results go on with row {Number}"
            : Lines.Count != samples.Count ? $"of {samples.Count} completions, and the results have {Lines.Count}"
            : Lines.Zip(samples).Select(pair => Difference(pair.First, pair.Second)).FirstOrDefault(difference => difference is not null);
        if (was is not null)
        {
            throw Another($"row {row.Number} of the input is '{samples[0].Id}' {was}");
        }
    }

    /// <summary>What ends a run whose input is not what the results were made of.</summary>
    public static StartException Another(string difference) => new([$"--resume: {difference}: this is not the input that was graded"]);

    // Each of them was read before, by the report.
    private static string? Difference(JsonElement json, Sample sample)
    {
        var line = GradedLine.Read(json).Line!;
        var now = sample.Item is { } item ? item.CompletionText?.Length ?? 0 : (double?)null;
        return line.Id != sample.Id ? $"and '{line.Id}' in the results{(sample.Index > 0 ? $", of its completion {sample.Index}, '{sample.Id}'" : "")}"
            : line.Characters != now ? $"with {Words(now)} in completion {sample.Index}, and in the results with {Words(line.Characters)}"
            : null;
    }

    private static string Words(double? characters) => characters is null ? "nothing that can be graded" : FormattableString.Invariant($"{characters} characters");
}
