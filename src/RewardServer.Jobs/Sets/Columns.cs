using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using RewardServer.Grading.Completions;

namespace RewardServer.Jobs.Sets;

/// <summary>The columns of one row, by name. Where a column is of another kind than was asked for, the error names it.</summary>
/// <param name="fields">The row, a JSON object.</param>
/// <param name="map">Which column stands for another, by that one's name; null for none.</param>
public sealed class Columns(JsonElement fields, ImmutableDictionary<string, string>? map = null)
{
    /// <summary>The whole row.</summary>
    public JsonElement Fields => fields;

    /// <summary>Whether all of some columns are there, and not null.</summary>
    public bool Have(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Find(name) is null)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A column; null where it is not there, or null.</summary>
    public JsonElement? Find(string name) =>
        fields.TryGetProperty(map?.GetValueOrDefault(name, name) ?? name, out var value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined) ? value : null;

    /// <summary>A column that is a text or a number, as text.</summary>
    /// <exception cref="RowException">It is missing, or neither.</exception>
    public string Text(string name) => TextOrNull(name) ?? throw new RowException($"has no '{name}'");

    /// <summary>The first of some columns that is there, as text; null where none is.</summary>
    /// <exception cref="RowException">It is neither text nor number.</exception>
    public string? TextOrNull(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Find(name) is { } value)
            {
                return value.ValueKind switch
                {
                    JsonValueKind.String => value.GetString(),
                    JsonValueKind.Number => value.GetRawText(),
                    _ => throw new RowException($"has a '{name}' that is neither text nor number, but {value.ValueKind}"),
                };
            }
        }

        return null;
    }

    /// <summary>A column that is an array.</summary>
    /// <exception cref="RowException">It is missing, or none.</exception>
    public IReadOnlyList<JsonElement> List(string name) => Structured(name) is { ValueKind: JsonValueKind.Array } list
        ? [.. list.EnumerateArray()]
        : throw new RowException($"has no '{name}' that is a list");

    /// <summary>A column that is JSON: as such, or written out in a text, as CSV and some sets have it.</summary>
    /// <exception cref="RowException">It is missing, or its text is no JSON.</exception>
    public JsonElement Structured(string name)
    {
        var value = Find(name) ?? throw new RowException($"has no '{name}'");
        if (value.ValueKind != JsonValueKind.String)
        {
            return value;
        }

        try
        {
            return JsonElement.Parse(value.GetString()!);
        }
        catch (JsonException exception)
        {
            throw new RowException($"has a '{name}' that is no JSON: {exception.Message}");
        }
    }

    /// <summary>A whole number.</summary>
    /// <exception cref="RowException">It is missing, or none.</exception>
    public long Whole(string name) => long.TryParse(Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new RowException($"has a '{name}' that is no whole number: '{Text(name)}'");

    /// <summary>A prompt: a text, or the messages of a chat.</summary>
    /// <exception cref="RowException">It is missing, or neither.</exception>
    public ChatText Prompt(string name)
    {
        var value = Find(name) ?? throw new RowException($"has no '{name}'");
        return ChatOrNull(value) ?? throw new RowException($"has a '{name}' that is neither a text nor the messages of a chat");
    }

    /// <summary>A text or the messages of a chat; null where it is neither.</summary>
    internal static ChatText? ChatOrNull(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            return value.GetString()!;
        }

        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() == 0 || !value.EnumerateArray().All(IsMessage))
        {
            return null;
        }

        return ChatText.FromMessages(value.EnumerateArray().Select(message => new ChatMessage(
            message.GetProperty("role").GetString()!,
            message.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.String ? content.GetString() : null)));
    }

    private static bool IsMessage(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty("role", out var role) && role.ValueKind == JsonValueKind.String;
}
