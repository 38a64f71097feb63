using System.Collections.Frozen;
using System.Text.Json;
using RewardServer.Grading.Graders.Code.Checkers;

namespace RewardServer.Grading.Graders.Json.Schemas;

/// <summary>Keywords on values of any kind, on numbers and on strings (JSON Schema 2020-12, Validation 6.1 to 6.3).</summary>
internal static class ValueKeywords
{
    private static readonly string[] Types = ["null", "boolean", "object", "array", "number", "string", "integer"];

    public static FrozenDictionary<string, MakesCheck> All { get; } = new Dictionary<string, MakesCheck>
    {
        ["type"] = Type,
        ["const"] = source => OneOf([source.Value]),
        ["enum"] = source => source.Value.Kind == JsonValueKind.Array ? OneOf(source.Value.Items) : throw source.Wrong("an array"),
        ["minimum"] = source => Bound(source, order => order >= 0, "below"),
        ["exclusiveMinimum"] = source => Bound(source, order => order > 0, "not above"),
        ["maximum"] = source => Bound(source, order => order <= 0, "above"),
        ["exclusiveMaximum"] = source => Bound(source, order => order < 0, "not below"),
        ["multipleOf"] = MultipleOf,
        ["minLength"] = source => Length(source, (length, bound) => length >= bound, "shorter than"),
        ["maxLength"] = source => Length(source, (length, bound) => length <= bound, "longer than"),
        ["pattern"] = Pattern,
    }.ToFrozenDictionary();

    private static SchemaCheck Type(KeywordSource source)
    {
        var types = source.Value.Kind == JsonValueKind.String ? [source.Value.Text] : source.Texts;
        return Array.Find(types, type => !Types.Contains(type)) is { } unknown || types.Length == 0
            ? throw source.Wrong("the name of a type, or several")
            : (value, run) => Array.Exists(types, type => Is(value, type)) || run.Fail($"is not of type {string.Join(" or ", types)}");
    }

    private static bool Is(JsonTree value, string type) => value.Kind switch
    {
        JsonValueKind.Null => type == "null",
        JsonValueKind.True or JsonValueKind.False => type == "boolean",
        JsonValueKind.Object => type == "object",
        JsonValueKind.Array => type == "array",
        JsonValueKind.String => type == "string",
        _ => type == "number" || (type == "integer" && ExactDecimal.Of(value.Text) is { IsInteger: true }),
    };

    private static SchemaCheck OneOf(List<JsonTree> allowed) => (value, run) =>
        allowed.Exists(one => run.Spend(Math.Min(one.Size, value.Size)) && new JsonEquality(unordered: false, default).AreEqual(one, value))
        || run.Fail(allowed.Count == 1 ? "is not the value asked for" : "is none of the values allowed");

    // A number beyond all exponents is within no bound.
    private static SchemaCheck Bound(KeywordSource source, Predicate<int> within, string fault)
    {
        var bound = source.Number;
        return (value, run) => value.Kind != JsonValueKind.Number || (run.Spend(value.Text.Length / 100) && ExactDecimal.Of(value.Text) is { } number && within(number.CompareTo(bound)))
            || run.Fail($"is {fault} {Excerpt.Head(source.Value.Text)}");
    }

    private static SchemaCheck MultipleOf(KeywordSource source)
    {
        var unit = source.Number is { Negative: false, Digits.Length: > 0 } positive ? positive : throw source.Wrong("a number above 0");
        return (value, run) =>
        {
            if (value.Kind != JsonValueKind.Number || !run.Spend(value.Text.Length / 100))
            {
                return true;
            }

            var multiple = ExactDecimal.Of(value.Text)?.IsMultipleOf(unit);
            return multiple == true || (run.Spend(multiple is null ? int.MaxValue : 0) && run.Fail($"is no multiple of {Excerpt.Head(source.Value.Text)}"));
        };
    }

    // Characters of Unicode, not of UTF-16.
    private static SchemaCheck Length(KeywordSource source, Func<int, int, bool> within, string fault)
    {
        var bound = source.Count;
        return (value, run) => value.Kind != JsonValueKind.String || (run.Spend(value.Text.Length / 100) && within(value.Text.Count(letter => !char.IsLowSurrogate(letter)), bound))
            || run.Fail($"is {fault} {bound} characters");
    }

    private static SchemaCheck Pattern(KeywordSource source)
    {
        var pattern = source.Value.Kind == JsonValueKind.String ? SchemaPattern.Of(source.Value.Text) : throw source.Wrong("a string");
        return (value, run) => value.Kind != JsonValueKind.String || pattern.Matches(value.Text, run) || run.Fail($"does not match {Excerpt.Of(source.Value.Text)}");
    }
}
