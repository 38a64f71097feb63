using System.Collections.Immutable;
using System.Text.Json;
using RewardServer.Grading.Completions;

namespace RewardServer.Jobs.Sets;

/// <summary>Finds what models wrote in a row: one completion or several, texts or chats, by the names that tools give such a column.</summary>
internal static class WrittenCompletions
{
    /// <summary>The names; where a row has several of the columns, the first counts.</summary>
    public static ImmutableArray<string> Names { get; } =
    [
        "completion", "completions", "response", "responses", "output", "outputs", "generation", "generations",
        "model_output", "model_response", "prediction", "predictions", "samples", "resps", "code_list", "output_list",
    ];

    private static readonly string[] InPlaceOfContent = ["tool_calls", "function_call", "refusal", "reasoning_content", "reasoning"];

    private static readonly string[] Members = ["text", "completion", "content", "output", "response"];

    /// <summary>The completions, null where one of several is none; empty where the row has no such column.</summary>
    /// <param name="columns">The row's.</param>
    /// <exception cref="RowException">The column holds something else.</exception>
    public static ImmutableArray<ChatText?> Of(Columns columns)
    {
        if (Names.FirstOrDefault(known => columns.Have(known)) is not { } found)
        {
            return [];
        }

        var completions = ImmutableArray.CreateBuilder<ChatText?>();
        if (!TryAdd(columns.Find(found)!.Value, columns.NameOf(found), completions))
        {
            throw new RowException($"has a '{columns.NameOf(found)}' that is no completion: it must be a text, a chat, or a list of these");
        }

        return completions.ToImmutable();
    }

    // A model that only called a tool, refused, or never came out of its thinking wrote no text, and is graded as such. Where none of that is there, what it wrote is not known.
    private static bool IsUntold(JsonElement chat) =>
        chat.EnumerateArray().LastOrDefault(message => message.GetProperty("role").ValueEquals("assistant")) is { ValueKind: JsonValueKind.Object } last && JsonTexts.ContentOf(last) is null
        && !Array.Exists(InPlaceOfContent, member => last.TryGetProperty(member, out var there) && there.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined));

    private static bool TryAdd(JsonElement value, string name, ImmutableArray<ChatText?>.Builder completions)
    {
        if (JsonTexts.ChatOrNull(value) is { } one)
        {
            completions.Add(one.Text is null && IsUntold(value)
                ? throw new RowException($"has a '{name}' that ends with a message of the assistant without 'content', and with nothing in its place")
                : one);
            return true;
        }

        // Samples of a problem, or samples of samples, as lm-evaluation-harness has them.
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var element in value.EnumerateArray())
            {
                AddOrNull(element, name, completions);
            }

            return true;
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            // A message alone, with its content in parts.
            if (value.TryGetProperty("role", out _) && value.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.Array && JsonTexts.ContentOf(value) is { } text)
            {
                completions.Add(text);
                return true;
            }

            return Array.Find(Members, member => value.TryGetProperty(member, out var inner) && inner.ValueKind is JsonValueKind.String or JsonValueKind.Array) is { } found
                && TryAdd(value.GetProperty(found), name, completions);
        }

        return false;
    }

    // Null, where a model gave no answer, or one that cannot be read: the others are none the worse.
    private static void AddOrNull(JsonElement value, string name, ImmutableArray<ChatText?>.Builder completions)
    {
        var before = completions.Count;
        try
        {
            if (TryAdd(value, name, completions))
            {
                return;
            }
        }
        catch (RowException)
        {
            completions.Count = before;
        }

        completions.Add(null);
    }
}
