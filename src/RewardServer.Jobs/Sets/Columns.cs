using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using RewardServer.Grading.Completions;

namespace RewardServer.Jobs.Sets;

/// <summary>The columns of one row, by name. Where a column is of another kind than was asked for, the error names it.</summary>
/// <param name="fields">The row, a JSON object.</param>
/// <param name="map">Which column stands for another, by that one's name; null for none. A column inside of a column is named with a dot: <c>doc.answer</c>.</param>
/// <param name="problem">The row of the problem that this row answers, where problems are kept apart; its columns come first. Null for none.</param>
public sealed class Columns(JsonElement fields, ImmutableDictionary<string, string>? map = null, JsonElement? problem = null)
{
    private const int MostListed = 20;

    /// <summary>The whole row.</summary>
    public JsonElement Fields => fields;

    /// <summary>The row without its problem's columns: what models wrote stands there.</summary>
    public Columns Own => problem is null ? this : new(fields, map);

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
    public JsonElement? Find(string name)
    {
        var column = NameOf(name);
        return (problem is { } asked ? Find(asked, column) : null) ?? Find(fields, column);
    }

    /// <summary>Whether a column is there, be it null.</summary>
    public bool Has(string name) => Have(name) || fields.TryGetProperty(NameOf(name), out _);

    /// <summary>The names of the row's columns, for a reader.</summary>
    public string Listed => string.Join(", ", fields.EnumerateObject().Select(column => column.Name).Take(MostListed));

    /// <summary>What the rows call a column.</summary>
    public string NameOf(string name) => map?.GetValueOrDefault(name, name) ?? name;

    /// <summary>The columns of a row that stands in a column of this one, by the same map.</summary>
    public Columns In(JsonElement inner) => new(inner, map);

    /// <summary>A column that is a text or a number, as text.</summary>
    /// <exception cref="RowException">It is missing, or neither.</exception>
    public string Text(string name) => TextOrNull(name) ?? throw new RowException($"has no '{NameOf(name)}'");

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
                    JsonValueKind.String => JsonTexts.Of(value),
                    JsonValueKind.Number => value.GetRawText(),
                    _ => throw new RowException($"has a '{NameOf(name)}' that is neither text nor number, but {value.ValueKind}"),
                };
            }
        }

        return null;
    }

    /// <summary>Whether a column is a text without a letter, as some sets have it for none.</summary>
    public bool IsBlank(string name) => Find(name) is { ValueKind: JsonValueKind.String } text && string.IsNullOrWhiteSpace(JsonTexts.Of(text));

    /// <summary>A column that is an array.</summary>
    /// <exception cref="RowException">It is missing, or none.</exception>
    public IReadOnlyList<JsonElement> List(string name) => Structured(name) is { ValueKind: JsonValueKind.Array } list
        ? [.. list.EnumerateArray()]
        : throw new RowException($"has no '{NameOf(name)}' that is a list");

    /// <summary>A column that is an object.</summary>
    /// <exception cref="RowException">It is missing, or none.</exception>
    public JsonElement Nested(string name) => Structured(name) is { ValueKind: JsonValueKind.Object } found
        ? found
        : throw new RowException($"has no '{NameOf(name)}' that is an object");

    /// <summary>A column that is JSON: as such, or written out in a text, as CSV and some sets have it.</summary>
    /// <exception cref="RowException">It is missing, or its text is no JSON.</exception>
    public JsonElement Structured(string name)
    {
        var value = Find(name) ?? throw new RowException($"has no '{NameOf(name)}'");
        if (value.ValueKind != JsonValueKind.String)
        {
            return value;
        }

        try
        {
            return JsonElement.Parse(JsonTexts.Of(value));
        }
        catch (JsonException exception)
        {
            throw new RowException($"has a '{NameOf(name)}' that is no JSON: {exception.Message}");
        }
    }

    /// <summary>A whole number.</summary>
    /// <exception cref="RowException">It is missing, or none.</exception>
    public long Whole(string name) => long.TryParse(Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new RowException($"has a '{NameOf(name)}' that is no whole number: '{Text(name)}'");

    /// <summary>A prompt: a text, or the messages of a chat.</summary>
    /// <exception cref="RowException">It is missing, or neither.</exception>
    public ChatText Prompt(string name)
    {
        var value = Find(name) ?? throw new RowException($"has no '{NameOf(name)}'");
        return JsonTexts.ChatOrNull(value) ?? throw new RowException($"has a '{NameOf(name)}' that is neither a text nor the messages of a chat");
    }

    private static JsonElement? Find(JsonElement row, string column) =>
        row.TryGetProperty(column, out var value) ? value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined ? null : value
        : column.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot && row.TryGetProperty(column[..dot], out var outer) && outer.ValueKind == JsonValueKind.Object
            ? Find(outer, column[(dot + 1)..])
        : null;
}
