using System.Globalization;
using System.Text;

namespace RewardServer.Grading.Graders.Code.TestRuns.Calls.Values;

/// <summary>Writes values as the JSON that <see cref="ValueReader"/> reads.</summary>
public sealed class ValueWriter
{
    private readonly StringBuilder json = new();

    private readonly long largestInt;

    private ValueWriter(long largestInt) => this.largestInt = largestInt;

    /// <summary>The value as JSON: ASCII, without white space.</summary>
    public static string Write(Value value) => Write(value, long.MaxValue);

    /// <summary>The same for a reader whose numbers are exact up to a size only: a larger int is {"$int": "…"}.</summary>
    internal static string Write(Value value, long largestInt)
    {
        var writer = new ValueWriter(largestInt);
        writer.Add(value);
        return writer.json.ToString();
    }

    private void Add(Value value)
    {
        switch (value)
        {
            case BoolValue it: json.Append(it.IsTrue ? "true" : "false"); break;
            case IntValue it when largestInt == long.MaxValue || (long.TryParse(it.Digits, CultureInfo.InvariantCulture, out var whole) && Math.Abs((decimal)whole) <= largestInt): json.Append(it.Digits); break;
            case IntValue it: AddForm("$int", () => AddQuoted(it.Digits)); break;
            case FloatValue it: Add(it.Number); break;
            case TextValue it: AddQuoted(it.Text); break;
            case BytesValue it: AddForm(ValueForm.Bytes, () => AddQuoted(Convert.ToBase64String(it.Bytes.AsSpan()))); break;
            case ComplexValue it: AddForm(ValueForm.Complex, () => AddItems([new FloatValue(it.Real), new FloatValue(it.Imaginary)])); break;
            case SequenceValue it: Add(it); break;
            case DictValue it: Add(it); break;
            case ObjectValue it: AddForm(ValueForm.Object, () => AddMembers([new("type", new TextValue(it.Type)), new("text", new TextValue(it.Text))])); break;
            default: json.Append("null"); break;
        }
    }

    private void Add(SequenceValue sequence)
    {
        if (sequence.Kind == SequenceKind.List)
        {
            AddItems(sequence.Items);
        }
        else
        {
            AddForm(ValueForm.Sequences.First(form => form.Value == sequence.Kind).Key, () => AddItems(sequence.Items));
        }
    }

    private void Add(DictValue dict)
    {
        if (dict.Entries.Any(entry => entry.Key is not TextValue))
        {
            AddForm(ValueForm.Dict, () => AddItems(dict.Entries.Select(entry => new SequenceValue(SequenceKind.List, [entry.Key, entry.Value]))));
            return;
        }

        var members = dict.Entries.Select(entry => KeyValuePair.Create(((TextValue)entry.Key).Text, entry.Value)).ToList();
        if (members.Exists(member => ValueForm.IsReserved(member.Key)))
        {
            AddForm(ValueForm.Escape, () => AddMembers(members));
        }
        else
        {
            AddMembers(members);
        }
    }

    private void AddForm(string name, Action addContent)
    {
        json.Append('{');
        AddQuoted(name);
        json.Append(':');
        addContent();
        json.Append('}');
    }

    private void AddItems(IEnumerable<Value> items)
    {
        var separator = "[";
        foreach (var item in items)
        {
            json.Append(separator);
            Add(item);
            separator = ",";
        }

        json.Append(separator == "[" ? "[]" : "]");
    }

    private void AddMembers(IEnumerable<KeyValuePair<string, Value>> members)
    {
        var separator = "{";
        foreach (var (name, value) in members)
        {
            json.Append(separator);
            AddQuoted(name);
            json.Append(':');
            Add(value);
            separator = ",";
        }

        json.Append(separator == "{" ? "{}" : "}");
    }

    private void Add(double number)
    {
        if (ValueForm.Numbers.FirstOrDefault(special => special.Value.Equals(number)).Key is { } name)
        {
            AddForm(ValueForm.Float, () => AddQuoted(name));
            return;
        }

        var text = number.ToString("R", CultureInfo.InvariantCulture);
        json.Append(text).Append(text.AsSpan().IndexOfAny('.', 'E') < 0 ? ".0" : "");
    }

    private void AddQuoted(string text)
    {
        json.Append('"');
        foreach (var letter in text)
        {
            if (letter is >= ' ' and <= '~' and not ('"' or '\\'))
            {
                json.Append(letter);
            }
            else
            {
                json.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}");
            }
        }

        json.Append('"');
    }
}
