using System.Text;
using System.Text.Json;
using RewardServer.Grading.Completions;

namespace RewardServer.Grading.Graders.Code.Checkers;

/// <summary>A JSON value, whose numbers keep their writing and whose members are sorted by name.</summary>
internal sealed class JsonTree
{
    /// <summary>How deep arrays and objects may stand in each other.</summary>
    public const int Deepest = 256;

    private JsonTree(JsonValueKind kind) => Kind = kind;

    /// <summary>What it is.</summary>
    public JsonValueKind Kind { get; }

    /// <summary>A string's characters, or a number as it is written.</summary>
    public string Text { get; private init; } = "";

    /// <summary>The one writing of a number's value; null for all else.</summary>
    public string? Canonical { get; private init; }

    /// <summary>A number's value, rounded; infinite where it is not read as a finite one.</summary>
    public double Value { get; private init; }

    /// <summary>An array's elements.</summary>
    public List<JsonTree> Items { get; private init; } = [];

    /// <summary>An object's members, in the order of their names.</summary>
    public List<(string Name, JsonTree Value)> Members { get; private init; } = [];

    /// <summary>How many values it is made of, itself included.</summary>
    public int Size { get; private set; } = 1;

    /// <summary>Reads a text; null where it is no JSON, is too deep, names a member twice, or has too many values.</summary>
    /// <param name="text">The text. Half characters become U+FFFD.</param>
    /// <param name="fault">What is wrong with it: words that follow "the output".</param>
    /// <param name="most">The most values.</param>
    public static JsonTree? Read(string text, out string? fault, int most = int.MaxValue)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text), new JsonReaderOptions { MaxDepth = Deepest });
        try
        {
            var left = most;
            reader.Read();
            var tree = ValueOf(ref reader, ref left);
            reader.Read();
            fault = null;
            return tree;
        }
        catch (Refusal refusal)
        {
            fault = refusal.Message;
        }
        catch (JsonException wrong)
        {
            fault = $"is no JSON of at most {Deepest} levels (line {wrong.LineNumber + 1}, byte {wrong.BytePositionInLine + 1})";
        }

        return null;
    }

    /// <summary>A string.</summary>
    public static JsonTree OfText(string text) => new(JsonValueKind.String) { Text = text };

    /// <summary>The value of an object's member; null where it has none of that name.</summary>
    public JsonTree? Member(string name)
    {
        var (low, high) = (0, Members.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = string.CompareOrdinal(Members[middle].Name, name);
            if (order == 0)
            {
                return Members[middle].Value;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return null;
    }

    private static JsonTree ValueOf(ref Utf8JsonReader reader, ref int left)
    {
        if (left-- == 0)
        {
            throw new Refusal("has more JSON values than were expected");
        }

        var before = left + 1;
        var tree = Tree(ref reader, ref left);
        tree.Size = before - left;
        return tree;
    }

    private static JsonTree Tree(ref Utf8JsonReader reader, ref int left) => reader.TokenType switch
    {
        JsonTokenType.StartObject => new(JsonValueKind.Object) { Members = MembersOf(ref reader, ref left) },
        JsonTokenType.StartArray => new(JsonValueKind.Array) { Items = ItemsOf(ref reader, ref left) },
        JsonTokenType.String => new(JsonValueKind.String) { Text = LenientTextConverter.ReadText(ref reader) },
        JsonTokenType.Number => Number(Encoding.ASCII.GetString(reader.ValueSpan)),
        JsonTokenType.True => new(JsonValueKind.True),
        JsonTokenType.False => new(JsonValueKind.False),
        _ => new(JsonValueKind.Null),
    };

    private static JsonTree Number(string text) => new(JsonValueKind.Number)
    {
        Text = text,
        Canonical = WrittenNumber.Canonical(text),
        Value = WrittenNumber.TryRead(text, out var value) ? value : text.StartsWith('-') ? double.NegativeInfinity : double.PositiveInfinity,
    };

    private static List<JsonTree> ItemsOf(ref Utf8JsonReader reader, ref int left)
    {
        var items = new List<JsonTree>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(ValueOf(ref reader, ref left));
        }

        return items;
    }

    private static List<(string, JsonTree)> MembersOf(ref Utf8JsonReader reader, ref int left)
    {
        var members = new List<(string Name, JsonTree Value)>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = LenientTextConverter.ReadText(ref reader);
            reader.Read();
            members.Add((name, ValueOf(ref reader, ref left)));
        }

        members.Sort((one, other) => string.CompareOrdinal(one.Name, other.Name));
        for (var i = 1; i < members.Count; i++)
        {
            if (members[i].Name == members[i - 1].Name)
            {
                throw new Refusal($"names the member {Excerpt.Of(members[i].Name)} of an object twice");
            }
        }

        return members;
    }

    private sealed class Refusal(string message) : JsonException(message);
}
