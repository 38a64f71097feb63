using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using RewardServer.Grading.Completions;

namespace RewardServer.Grading.Graders.Code.TestRuns.Calls.Values;

/// <summary>
/// Reads values from JSON, strictly. A number with neither point nor exponent is an int, any other a float; an array is
/// a list, an object a dict. What JSON has not is an object with one member whose name begins with "$" (docs/code.md).
/// </summary>
public ref struct ValueReader
{
    /// <summary>How deep values may stand in each other.</summary>
    public const int DeepestLevel = 200;

    /// <summary>The most values of one text, those within others too.</summary>
    public const int MostValues = 2_000_000;

    // A dict's key stands in a pair in an array in an object.
    private const int DeepestJson = (3 * DeepestLevel) + 8;

    private Utf8JsonReader json;
    private int values;

    private ValueReader(ReadOnlySpan<byte> text) => json = new(text, new JsonReaderOptions { MaxDepth = DeepestJson });

    /// <summary>Reads one value; never throws, whatever the text is.</summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="error">What is wrong with it, in words; null where nothing is.</param>
    /// <returns>The value; null where the text holds none.</returns>
    public static Value? Read(ReadOnlySpan<byte> text, out string? error)
    {
        error = Utf8.IsValid(text) ? null : "is not UTF-8";
        if (error is not null)
        {
            return null;
        }

        try
        {
            var reader = new ValueReader(text);
            reader.Next();
            var value = reader.ReadValue(0);
            // Throws at what comes after it.
            reader.json.Read();
            return value;
        }
        catch (JsonException exception)
        {
            error = exception is Refusal ? exception.Message : "is not JSON";
            return null;
        }
    }

    private Value ReadValue(int depth)
    {
        if (depth > DeepestLevel || ++values > MostValues)
        {
            throw new Refusal(depth > DeepestLevel ? $"is nested more than {DeepestLevel} deep" : $"holds more than {MostValues} values");
        }

        return json.TokenType switch
        {
            JsonTokenType.Null => new NullValue(),
            JsonTokenType.True or JsonTokenType.False => new BoolValue(json.TokenType == JsonTokenType.True),
            JsonTokenType.Number => ReadNumber(),
            JsonTokenType.String => new TextValue(LenientTextConverter.ReadWhole(ref json)),
            JsonTokenType.StartArray => new SequenceValue(SequenceKind.List, ReadItems(depth)),
            _ => ReadObject(depth),
        };
    }

    private readonly Value ReadNumber()
    {
        if (json.ValueSpan.IndexOfAny((byte)'.', (byte)'e', (byte)'E') < 0)
        {
            var digits = System.Text.Encoding.ASCII.GetString(json.ValueSpan);
            return new IntValue(digits == "-0" ? "0" : digits);
        }

        return double.TryParse(json.ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? new FloatValue(number)
            : throw new Refusal("holds a number out of a float's range");
    }

    private Value ReadObject(int depth)
    {
        Next();
        if (json.TokenType != JsonTokenType.PropertyName)
        {
            return new DictValue([]);
        }

        var name = LenientTextConverter.ReadWhole(ref json);
        return ValueForm.IsReserved(name) ? ReadForm(name, depth) : ReadMembers(name, depth, escaped: false);
    }

    private Value ReadForm(string name, int depth)
    {
        Next();
        Value value = name switch
        {
            ValueForm.Float => new FloatValue(ReadSpecialNumber()),
            ValueForm.Complex => ReadComplex(depth),
            ValueForm.Bytes => ReadBytes(),
            ValueForm.Dict => ReadEntries(depth),
            ValueForm.Escape => ReadEscaped(depth),
            ValueForm.Object => ReadOther(depth),
            _ when ValueForm.Sequences.TryGetValue(name, out var kind) => ReadSequence(kind, depth),
            _ => throw new Refusal($"holds '{Shown.Head(name, 40)}', which is no form of a value"),
        };
        Next();
        Expect(JsonTokenType.EndObject, $"has a member beside '{name}'");
        return value;
    }

    private SequenceValue ReadSequence(SequenceKind kind, int depth)
    {
        Expect(JsonTokenType.StartArray, "holds a form without its array");
        var sequence = new SequenceValue(kind, ReadItems(depth));
        return sequence.IsSet && sequence.Items.Distinct(ValueEquality.Strict()).Count() < sequence.Items.Length
            ? throw new Refusal("holds a set with an element twice")
            : sequence;
    }

    private ImmutableArray<Value> ReadItems(int depth)
    {
        var items = ImmutableArray.CreateBuilder<Value>();
        for (Next(); json.TokenType != JsonTokenType.EndArray; Next())
        {
            items.Add(ReadValue(depth + 1));
        }

        return items.DrainToImmutable();
    }

    private DictValue ReadEscaped(int depth)
    {
        Expect(JsonTokenType.StartObject, $"holds '{ValueForm.Escape}' without an object");
        Next();
        return json.TokenType == JsonTokenType.EndObject ? new([]) : ReadMembers(LenientTextConverter.ReadWhole(ref json), depth, escaped: true);
    }

    private DictValue ReadMembers(string name, int depth, bool escaped)
    {
        var entries = ImmutableArray.CreateBuilder<KeyValuePair<Value, Value>>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            if (!names.Add(name) || (!escaped && ValueForm.IsReserved(name)))
            {
                throw new Refusal(escaped || !ValueForm.IsReserved(name) ? "holds a dict with a key twice" : $"holds a dict with the key '{Shown.Head(name, 40)}' without '{ValueForm.Escape}'");
            }

            Next();
            entries.Add(new(new TextValue(name), ReadValue(depth + 1)));
            Next();
            if (json.TokenType == JsonTokenType.EndObject)
            {
                return new(entries.DrainToImmutable());
            }

            name = LenientTextConverter.ReadWhole(ref json);
        }
    }

    private DictValue ReadEntries(int depth)
    {
        Expect(JsonTokenType.StartArray, $"holds '{ValueForm.Dict}' without an array");
        var entries = ImmutableArray.CreateBuilder<KeyValuePair<Value, Value>>();
        var keys = new HashSet<Value>(ValueEquality.Strict());
        for (Next(); json.TokenType != JsonTokenType.EndArray; Next())
        {
            Expect(JsonTokenType.StartArray, "holds a dict with an entry that is no pair");
            var pair = ReadItems(depth);
            if (pair.Length != 2 || !keys.Add(pair[0]))
            {
                throw new Refusal(pair.Length == 2 ? "holds a dict with a key twice" : "holds a dict with an entry that is no pair");
            }

            entries.Add(new(pair[0], pair[1]));
        }

        return new(entries.DrainToImmutable());
    }

    private double ReadSpecialNumber() =>
        json.TokenType == JsonTokenType.String && ValueForm.Numbers.TryGetValue(LenientTextConverter.ReadWhole(ref json), out var number)
            ? number
            : throw new Refusal($"holds '{ValueForm.Float}' without one of {string.Join(", ", ValueForm.Numbers.Keys.Order(StringComparer.Ordinal))}");

    private ComplexValue ReadComplex(int depth)
    {
        Expect(JsonTokenType.StartArray, $"holds '{ValueForm.Complex}' without an array");
        var parts = ReadItems(depth).Select(part => part switch
        {
            FloatValue real => real.Number,
            IntValue whole => double.Parse(whole.Digits, CultureInfo.InvariantCulture),
            _ => throw new Refusal($"holds '{ValueForm.Complex}' with what is no number"),
        }).ToList();
        return parts.Count == 2 ? new(parts[0], parts[1]) : throw new Refusal($"holds '{ValueForm.Complex}' without two numbers");
    }

    private BytesValue ReadBytes()
    {
        var text = json.TokenType == JsonTokenType.String ? LenientTextConverter.ReadWhole(ref json) : "?";
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length)
            ? new(ImmutableArray.Create(bytes, 0, length))
            : throw new Refusal($"holds '{ValueForm.Bytes}' without base64");
    }

    private ObjectValue ReadOther(int depth)
    {
        Expect(JsonTokenType.StartObject, $"holds '{ValueForm.Object}' without an object");
        return ReadObject(depth) is DictValue { Entries.Length: 2 } dict && TextOf(dict, "type") is { } type && TextOf(dict, "text") is { } text
            ? new(type, text)
            : throw new Refusal($"holds '{ValueForm.Object}' without its type and text");
    }

    private static string? TextOf(DictValue dict, string name) =>
        dict.Entries.FirstOrDefault(entry => entry.Key is TextValue key && key.Text == name).Value is TextValue value ? value.Text : null;

    private void Next()
    {
        if (!json.Read())
        {
            throw new Refusal("ends too early");
        }
    }

    private readonly void Expect(JsonTokenType type, string otherwise)
    {
        if (json.TokenType != type)
        {
            throw new Refusal(otherwise);
        }
    }

    private sealed class Refusal(string message) : JsonException(message);
}
