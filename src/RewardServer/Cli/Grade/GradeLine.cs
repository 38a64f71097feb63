using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Hosting;

namespace RewardServer.Cli.Grade;

/// <summary>A line of the input that is not blank.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Item">The item that it holds; null where it holds none.</param>
/// <param name="Error">Why it holds none.</param>
internal sealed record GradeLine(int Number, Item? Item, string? Error)
{
    // A group is held in memory whole.
    private const int LargestGroup = 100_000;

    /// <summary>Reads lines one by one, or those of one group that follow one another together.</summary>
    /// <exception cref="StartException">A group is larger than can be held.</exception>
    public static async IAsyncEnumerable<ImmutableArray<GradeLine>> BatchesAsync(
        GradeFiles files, bool byGroup, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var batch = ImmutableArray.CreateBuilder<GradeLine>();
        for (var number = 1; await files.ReadLineAsync(cancellation) is { } text; number++)
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                continue;
            }

            var line = Parse(text, number);
            if (batch.Count > 0 && !(byGroup && Together(batch[^1], line)))
            {
                yield return batch.DrainToImmutable();
            }

            batch.Add(line);
            if (batch.Count > LargestGroup)
            {
                throw new StartException([$"line {number}: more than {LargestGroup} items of one group follow one another"]);
            }
        }

        if (batch.Count > 0)
        {
            yield return batch.DrainToImmutable();
        }
    }

    private static bool Together(GradeLine one, GradeLine other) =>
        one.Item is { } first && other.Item is { } second && GroupKey.Of(first) == GroupKey.Of(second);

    private static GradeLine Parse(string line, int number)
    {
        try
        {
            var item = JsonSerializer.Deserialize<Item>(line, ItemJson.Options);
            var wrong = item?.Errors().FirstOrDefault();
            return item is null ? new(number, null, "it is null")
                : wrong is { Member: not null } error ? new(number, null, $"{error.Member} {error.Error}")
                : new(number, item, null);
        }
        catch (Exception exception) when (JsonFault.From(exception) is { } fault)
        {
            return new(number, null, $"{fault.Path} {fault.Message}".Trim());
        }
    }
}
