using System.Collections.Immutable;
using System.Text.Json;
using RewardServer.Grading.Completions;

namespace RewardServer.Jobs.Sets;

/// <summary>Finds what models wrote in a row: one completion or several, texts or chats, by the names that tools give such a column.</summary>
internal static class WrittenCompletions
{
    private static readonly string[] Names =
    [
        "completion", "completions", "response", "responses", "output", "outputs", "generation", "generations",
        "model_output", "model_response", "prediction", "predictions", "samples", "resps",
    ];

    /// <summary>The completions; empty where the row has no such column.</summary>
    /// <param name="columns">The row's.</param>
    /// <exception cref="RowException">The column holds something else.</exception>
    public static ImmutableArray<ChatText> Of(Columns columns)
    {
        if (Array.Find(Names, known => columns.Have(known)) is not { } found)
        {
            return [];
        }

        var value = columns.Find(found)!.Value;
        var completions = ImmutableArray.CreateBuilder<ChatText>();
        Add(value, found, completions);
        return completions.ToImmutable();
    }

    private static void Add(JsonElement value, string name, ImmutableArray<ChatText>.Builder completions)
    {
        if (Columns.ChatOrNull(value) is { } one)
        {
            completions.Add(one);
            return;
        }

        // Samples of a problem, or samples of samples, as lm-evaluation-harness has them.
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var element in value.EnumerateArray())
            {
                Add(element, name, completions);
            }

            return;
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in (ReadOnlySpan<string>)["text", "completion", "content", "output", "response"])
            {
                if (value.TryGetProperty(member, out var inner) && inner.ValueKind is JsonValueKind.String or JsonValueKind.Array)
                {
                    Add(inner, name, completions);
                    return;
                }
            }
        }

        throw new RowException($"has a '{name}' that is no completion: it must be a text, a chat, or a list of these");
    }
}
