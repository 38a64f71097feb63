using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Jobs.Rows;
using RewardServer.Jobs.Sets;

namespace RewardServer.Jobs.Running;

/// <summary>Makes samples of rows: one for each completion.</summary>
/// <param name="shape">The data set; null to tell each row's by its columns.</param>
/// <param name="map">Which column of the rows stands for a column of the set, or for <c>completion</c>, by the set's name of it.</param>
/// <param name="problems">What the rows answer, where it stands in a file of its own; null where it stands in the rows.</param>
public sealed class SampleReader(ISetShape? shape = null, ImmutableDictionary<string, string>? map = null, ProblemSet? problems = null)
{
    private const int HashDigits = 16;
    private readonly FrozenSet<string> mapped = (map?.Values ?? []).ToFrozenSet(StringComparer.Ordinal);
    private string? filter;

    /// <summary>The columns that hold completions by a map.</summary>
    /// <param name="map">Which column stands for another, by that one's name; null for none.</param>
    public static IReadOnlyCollection<string> CompletionColumns(IReadOnlyDictionary<string, string>? map) =>
        [.. WrittenCompletions.Names.Select(name => map?.GetValueOrDefault(name, name) ?? name)];

    /// <summary>The samples of a row; at least one. Where the same completions have a row for each of several filters, those of the first filter that was read or looked at are graded.</summary>
    public IReadOnlyList<Sample> Read(Row row)
    {
        if (row.Error is { } unreadable)
        {
            return [new(row.Number, 0, null, unreadable)];
        }

        try
        {
            var problem = problems?.Of(new(row.Fields, map));
            var columns = new Columns(row.Fields, map, problem);
            var read = DataSets.Read(columns, shape);
            var kinds = KindColumns.Of(row.Fields, problem, read.Inner, mapped);
            var error = read.Completions.IsEmpty ? "has no completion"
                : read.Filter is { } given && given != (filter ??= given) ? $"is of the filter '{given}': its completions are graded once, in the rows of '{filter}'"
                : null;
            if (error is not null)
            {
                return [new(row.Number, 0, null, error) { Columns = kinds }];
            }

            var group = GroupOf(read, NameOf(row.Number, read));
            return [.. read.Completions.Select((completion, i) => Of(row.Number, i, read, group, completion) with { Columns = kinds })];
        }
        catch (RowException fault)
        {
            return [new(row.Number, 0, null, fault.Message)];
        }
        catch (InvalidOperationException)
        {
            // What reading the name of a column throws, which JSON can write and no text of .NET can have.
            return [new(row.Number, 0, null, "has a text or a name that is no Unicode: half of a character")];
        }
    }

    /// <summary>What a first row lacks that every row of its file is likely to lack: the name of its problem, a mapped column, the columns of a known set, a column of completions. Null where it lacks none.</summary>
    public string? Lack(Row row)
    {
        if (row.Error is not null)
        {
            return null;
        }

        try
        {
            var own = new Columns(row.Fields, map);
            if (problems is not null && RowIds.Of(own) is null)
            {
                return $"names no problem: it has none of {string.Join(", ", RowIds.Names)}";
            }

            var columns = new Columns(row.Fields, map, problems?.Of(own));
            _ = Read(row);
            return map?.FirstOrDefault(pair => !columns.Has(pair.Key)) is { Key: { } missing } pair ? $"has no column '{pair.Value}' to stand for '{missing}'; it has: {columns.Listed}"
                : (shape ?? DataSets.ShapeOf(columns)) is null ? $"is of no known set by its columns: {columns.Listed}"
                : WrittenCompletions.Names.Any(name => columns.Own.Has(name)) ? null
                : $"has no column of completions, such as 'completion' or 'responses'; it has: {columns.Listed}";
        }
        catch (Exception exception) when (exception is RowException or InvalidOperationException)
        {
            // That is of this row alone.
            return null;
        }
    }

    private static Sample Of(long row, int index, SetRow read, string group, ChatText? completion)
    {
        if (completion is null)
        {
            return new(row, index, null, $"has no completion in place {index + 1}: what stands there is neither a text nor a chat");
        }

        var name = NameOf(row, read);
        var item = new Item
        {
            Id = read.Completions.Length == 1 ? name : $"{name}#{index}",
            Group = group,
            Prompt = read.Prompt,
            Completion = completion,
            CompletionTokens = read.Completions.Length == 1 ? read.CompletionTokens : null,
            Truncated = read.Truncated,
            Meta = read.Meta,
            Task = read.Task,
        };
        return item.Errors().FirstOrDefault() is { Member: { } member, Error: var error } ? new(row, index, null, $"{member} {error}") : new(row, index, item, null);
    }

    private static string NameOf(long row, SetRow read) => read.Id ?? $"row {row}";

    // Equal prompts are one problem, also where nothing names it: results then tell what belongs together, and so does whoever goes on with them.
    private static string GroupOf(SetRow read, string name) =>
        read.Group ?? (read.Id is not null && !read.NamesCompletion ? name : ByPrompt(read.Prompt) ?? name);

    private static string? ByPrompt(ChatText prompt)
    {
        var text = prompt.Text ?? JsonSerializer.Serialize(prompt.Messages, ItemJson.Options);
        return text.Length == 0 ? null : "prompt-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..HashDigits];
    }
}
