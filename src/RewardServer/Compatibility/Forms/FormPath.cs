using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace RewardServer.Compatibility.Forms;

/// <summary>
/// Places in JSON: names parted by points, indexes in brackets, and <c>[*]</c> for every element of an array:
/// <c>data.samples[*].response</c>, <c>$.texts[0]</c>, <c>['odd name']</c>; <c>$</c> is the whole.
/// </summary>
internal sealed partial class FormPath
{
    private FormPath(ImmutableArray<FormStep> steps) => Steps = steps;

    /// <summary>The steps from the root.</summary>
    public ImmutableArray<FormStep> Steps { get; }

    /// <summary>How many <c>[*]</c> it has.</summary>
    public int Wildcards => Steps.Count(step => step.IsEach);

    /// <summary>Reads a path; null where it is none.</summary>
    public static FormPath? Parse(string text)
    {
        var rest = text.StartsWith('$') ? text[1..] : text.StartsWith('[') ? text : $".{text}";
        return Whole().IsMatch(rest) ? new([.. Part().Matches(rest).Select(StepOf)]) : null;
    }

    /// <summary>What stands at each place, in order; undefined where there is nothing.</summary>
    /// <param name="root">Where it begins.</param>
    /// <param name="most">Of how many places it gives up: the values are then more than these.</param>
    /// <returns>The values; and what is wrong, where something that is to be an array is none.</returns>
    public (IReadOnlyList<FormValue> Values, (string Path, string Message)? Error) All(JsonElement root, int most)
    {
        (string Path, string Message)? error = null;
        var values = new List<FormValue> { new([], root) };
        for (var i = 0; i < Steps.Length && values.Count <= most; i++)
        {
            if (!Steps[i].IsEach)
            {
                values = values.ConvertAll(value => value with { Value = Steps[i].Of(value.Value) });
                continue;
            }

            var elements = new List<FormValue>();
            foreach (var value in values.TakeWhile(_ => elements.Count <= most))
            {
                if (value.Value.ValueKind != JsonValueKind.Array)
                {
                    error ??= (Text(i, value.Indexes), "must be an array");
                }

                elements.AddRange(value.Elements().Take(most + 1));
            }

            values = elements;
        }

        return (values, error);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Concat(Steps).TrimStart('.');

    /// <summary>The path of one place, for messages; what stands for its <c>[*]</c> are the first of the indexes.</summary>
    public string At(ImmutableArray<int> indexes) => Text(Steps.Length, indexes);

    private string Text(int length, ImmutableArray<int> indexes)
    {
        var (text, each) = (new StringBuilder(), 0);
        foreach (var step in Steps.Take(length))
        {
            text.Append(step.IsEach ? string.Create(CultureInfo.InvariantCulture, $"[{indexes[each++]}]") : step.ToString());
        }

        return text.ToString().TrimStart('.');
    }

    private static FormStep StepOf(Match step) =>
        step.Groups["name"] is { Success: true } name ? new(name.Value, null)
        : step.Groups["index"] is { Success: true } index ? new(null, int.Parse(index.Value, CultureInfo.InvariantCulture))
        : new(null, null);

    [GeneratedRegex(@"^(?:\.[^.\[\]'\s*]+|\['[^'\p{Cc}]+'\]|\[[0-9]{1,4}\]|\[\*\])*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Whole();

    [GeneratedRegex(@"\.(?<name>[^.\[\]'\s*]+)|\['(?<name>[^'\p{Cc}]+)'\]|\[(?<index>[0-9]{1,4})\]|\[\*\]", RegexOptions.CultureInvariant)]
    private static partial Regex Part();
}

/// <summary>A value of a request.</summary>
/// <param name="Indexes">What stood for each <c>[*]</c> of its path.</param>
/// <param name="Value">The value; undefined where there is none.</param>
internal readonly record struct FormValue(ImmutableArray<int> Indexes, JsonElement Value)
{
    /// <summary>Its elements; none where it is no array.</summary>
    public IEnumerable<FormValue> Elements()
    {
        var indexes = Indexes;
        return Value.ValueKind == JsonValueKind.Array ? Value.EnumerateArray().Select((element, i) => new FormValue(indexes.Add(i), element)) : [];
    }
}
