using System.Globalization;
using System.Text;

namespace RewardServer.Grading.Graders.Code.TestRuns.Calls.Values;

/// <summary>Shows values to people: short, and so that what differs looks different.</summary>
internal static class ValueText
{
    /// <summary>The value's text, cut at a length.</summary>
    public static string Show(Value value, int length)
    {
        var text = new StringBuilder();
        Add(text, value, length);
        return Shown.Head(text.ToString(), length);
    }

    // Stops soon after the text is long enough, however large the value is.
    private static void Add(StringBuilder text, Value value, int length)
    {
        if (text.Length > length)
        {
            return;
        }

        switch (value)
        {
            case NullValue: text.Append("null"); break;
            case BoolValue it: text.Append(it.IsTrue ? "true" : "false"); break;
            case IntValue it: text.Append(it.Digits.AsSpan(0, Math.Min(it.Digits.Length, length + 1))); break;
            case FloatValue it: text.Append(Text(it.Number)); break;
            case ComplexValue it: text.Append(CultureInfo.InvariantCulture, $"({Text(it.Real)}, {Text(it.Imaginary)}i)"); break;
            case TextValue it: AddQuoted(text, it.Text, length); break;
            case BytesValue it: text.Append('b').Append('"').Append(Convert.ToHexString(it.Bytes.AsSpan()[..Math.Min(it.Bytes.Length, length)])).Append('"'); break;
            case SequenceValue it: AddSequence(text, it, length); break;
            case DictValue it: AddAll(text, "{", it.Entries, "}", length, entry => AddEntry(text, entry, length)); break;
            case ObjectValue it: AddQuoted(text.Append(Shown.Head(it.Type, 80)).Append('('), it.Text, length); text.Append(')'); break;
        }
    }

    private static void AddSequence(StringBuilder text, SequenceValue sequence, int length)
    {
        var (open, close) = sequence.Kind switch
        {
            SequenceKind.List => ("[", "]"),
            SequenceKind.Tuple => ("(", sequence.Items.Length == 1 ? ",)" : ")"),
            SequenceKind.Set => ("set{", "}"),
            _ => ("frozenset{", "}"),
        };
        AddAll(text, open, sequence.Items, close, length, item => Add(text, item, length));
    }

    private static void AddEntry(StringBuilder text, KeyValuePair<Value, Value> entry, int length)
    {
        Add(text, entry.Key, length);
        text.Append(": ");
        Add(text, entry.Value, length);
    }

    private static void AddAll<T>(StringBuilder text, string open, IEnumerable<T> all, string close, int length, Action<T> add)
    {
        text.Append(open);
        var start = text.Length;
        foreach (var one in all.TakeWhile(_ => text.Length <= length))
        {
            text.Append(text.Length > start ? ", " : "");
            add(one);
        }

        text.Append(close);
    }

    private static string Text(double number)
    {
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        return double.IsFinite(number) && text.AsSpan().IndexOfAny('.', 'E') < 0 ? $"{text}.0" : text;
    }

    private static void AddQuoted(StringBuilder text, string value, int length)
    {
        text.Append('"');
        foreach (var letter in value.AsSpan(0, Math.Min(value.Length, length)))
        {
            var isPlain = !char.IsControl(letter) && !char.IsSurrogate(letter) && letter is not ('"' or '\\');
            text.Append(isPlain ? $"{letter}" : $"\\u{(int)letter:x4}");
        }

        text.Append('"');
    }
}
