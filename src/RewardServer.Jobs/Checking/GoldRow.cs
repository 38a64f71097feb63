using System.Collections.Immutable;
using RewardServer.Grading.Completions;
using RewardServer.Jobs.Rows;
using RewardServer.Jobs.Sets;

namespace RewardServer.Jobs.Checking;

/// <summary>A row of a set, with what it says is right.</summary>
/// <param name="Number">Its number in the file.</param>
/// <param name="Id">Its problem's name; its number where it has none.</param>
/// <param name="Bytes">About how many bytes it holds.</param>
internal sealed record GoldRow(long Number, string Id, long Bytes)
{
    /// <summary>What is asked; null where the row cannot be read.</summary>
    public SetRow? Asked { get; init; }

    /// <summary>Each gold as a completion; empty where there is none.</summary>
    public ImmutableArray<string> Golds { get; init; } = [];

    /// <summary>What tells its gold from others; null where there is none.</summary>
    public string? Text { get; init; }

    /// <summary>Why it cannot be judged; null where it can.</summary>
    public string? Error { get; init; }

    /// <summary>Reads a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="shape">The set; null to tell by the columns.</param>
    /// <param name="map">Which column stands for another.</param>
    public static GoldRow Of(Row row, ISetShape? shape, ImmutableDictionary<string, string>? map)
    {
        if (row.Error is { } unreadable)
        {
            return new(row.Number, Name(row, null), row.Bytes) { Error = unreadable };
        }

        try
        {
            var asked = DataSets.Read(new Columns(row.Fields, map), shape);
            var golds = GoldAnswers.CompletionsOf(asked);
            return new(row.Number, Name(row, asked.Id), row.Bytes)
            {
                Asked = asked,
                Golds = golds,
                Text = GoldAnswers.TextOf(asked),
                Error = asked.Task.MemberErrors().FirstOrDefault() is { Member: { } member, Error: var error } ? $"task.{member} {error}"
                    : asked.Task is CodeTask { Tests.IsDefaultOrEmpty: true, Generated: null } ? "the task has no tests"
                    : golds.IsEmpty && asked.Task is MathTask or NumberTask or ChoiceTask or TextTask ? "its gold is empty: there is nothing to compare answers with"
                    : null,
            };
        }
        catch (RowException fault)
        {
            return new(row.Number, Name(row, null), row.Bytes) { Error = fault.Message };
        }
        catch (InvalidOperationException)
        {
            // What reading a text of JSON's throws that no text of .NET can be.
            return new(row.Number, Name(row, null), row.Bytes) { Error = "has a text or a name that is no Unicode: half of a character" };
        }
    }

    /// <summary>What the row's task is asked about a completion.</summary>
    public Item Asking(string completion, string id) => new() { Id = id, Prompt = Asked!.Prompt, Completion = completion, Task = Asked.Task };

    private static string Name(Row row, string? id) => id ?? $"row {row.Number}";
}
