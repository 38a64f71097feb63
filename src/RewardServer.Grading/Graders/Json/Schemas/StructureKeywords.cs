using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using RewardServer.Grading.Graders.Code.Checkers;

namespace RewardServer.Grading.Graders.Json.Schemas;

/// <summary>Keywords on arrays and objects (JSON Schema 2020-12, Core 10.3 and Validation 6.4, 6.5; <c>items</c> with an array as drafts before had it).</summary>
internal static class StructureKeywords
{
    public static FrozenDictionary<string, MakesCheck> All { get; } = new Dictionary<string, MakesCheck>
    {
        ["prefixItems"] = PrefixItems,
        ["items"] = source => source.Value.Kind == JsonValueKind.Array ? PrefixItems(source) : ItemsFrom(source, source.Beside("prefixItems")?.Parts.Length ?? 0),
        ["additionalItems"] = source => source.Beside("items") is { Value.Kind: JsonValueKind.Array } items ? ItemsFrom(source, items.Parts.Length) : null,
        ["contains"] = Contains,
        ["minContains"] = OfContains,
        ["maxContains"] = OfContains,
        ["minItems"] = source => Size(source, JsonValueKind.Array, (size, bound) => size >= bound, "fewer than {0} elements"),
        ["maxItems"] = source => Size(source, JsonValueKind.Array, (size, bound) => size <= bound, "more than {0} elements"),
        ["uniqueItems"] = Unique,
        ["properties"] = Properties,
        ["patternProperties"] = PatternProperties,
        ["additionalProperties"] = AdditionalProperties,
        ["propertyNames"] = source => source.Part is var names ? EachMember((name, _, run) => names.Allows(JsonTree.OfText(name), run)) : null,
        ["minProperties"] = source => Size(source, JsonValueKind.Object, (size, bound) => size >= bound, "fewer than {0} members"),
        ["maxProperties"] = source => Size(source, JsonValueKind.Object, (size, bound) => size <= bound, "more than {0} members"),
        ["required"] = source => Required(source.Texts),
        ["dependentRequired"] = source => Dependent(source, member => Required(new KeywordSource(source.Compiler, source.Node, source.Owner, source.Keyword, member).Texts)),
        ["dependentSchemas"] = source => Dependent(source, member => source.Compiler.InPlace(source.Node, member, source.Keyword).Allows),
        ["dependencies"] = source => Dependent(source, member => member.Kind == JsonValueKind.Array
            ? Required((source with { Value = member }).Texts) : source.Compiler.InPlace(source.Node, member, source.Keyword).Allows),
    }.ToFrozenDictionary();

    private static SchemaCheck PrefixItems(KeywordSource source)
    {
        var nodes = source.Parts;
        return (value, run) => value.Items.Take(nodes.Length).Index().All(item => run.Under(Step(item.Index), nodes[item.Index], item.Item));
    }

    private static SchemaCheck ItemsFrom(KeywordSource source, int first)
    {
        var node = source.Part;
        return (value, run) => value.Items.Index().Skip(first).All(item => run.Under(Step(item.Index), node, item.Item));
    }

    private static SchemaCheck Contains(KeywordSource source)
    {
        var (node, least, most) = (source.Part, source.Beside("minContains")?.Count ?? 1, source.Beside("maxContains")?.Count ?? int.MaxValue);
        return (value, run) =>
        {
            if (value.Kind != JsonValueKind.Array)
            {
                return true;
            }

            var found = value.Items.Count(item => run.Tries(node, item));
            return (found >= least && found <= most) || run.Fail($"holds {found} elements of a kind of which it must hold {least} or more, and at most {most}");
        };
    }

    // Read by "contains", without which it says nothing.
    private static SchemaCheck? OfContains(KeywordSource source)
    {
        _ = source.Count;
        return null;
    }

    private static SchemaCheck Size(KeywordSource source, JsonValueKind kind, Func<int, int, bool> within, string fault)
    {
        var bound = source.Count;
        return (value, run) => value.Kind != kind || within(kind == JsonValueKind.Array ? value.Items.Count : value.Members.Count, bound)
            || run.Fail("has " + string.Format(CultureInfo.InvariantCulture, fault, bound));
    }

    private static SchemaCheck? Unique(KeywordSource source) => source.Value.Kind switch
    {
        JsonValueKind.False => null,
        JsonValueKind.True => (value, run) => (run.Spend(20L * value.Size) && IsUnique(value.Items)) || run.Fail("has an element twice"),
        _ => throw source.Wrong("true or false"),
    };

    private static bool IsUnique(List<JsonTree> items)
    {
        var order = new JsonOrder(new TextRule(ignoreCase: false, default));
        var sorted = items.Order(order).ToList();
        return sorted.Zip(sorted.Skip(1)).All(pair => !new JsonEquality(unordered: false, default).AreEqual(pair.First, pair.Second));
    }

    private static SchemaCheck Properties(KeywordSource source)
    {
        var nodes = source.Members.ToDictionary(member => member.Name, member => source.Compiler.Node(member.Value, source.Keyword), StringComparer.Ordinal);
        return EachMember((name, value, run) => !nodes.TryGetValue(name, out var node) || run.Under($".{name}", node, value));
    }

    private static SchemaCheck PatternProperties(KeywordSource source)
    {
        var nodes = source.Members.Select(member => (Pattern: SchemaPattern.Of(member.Name), Node: source.Compiler.Node(member.Value, source.Keyword))).ToArray();
        return EachMember((name, value, run) => Array.TrueForAll(nodes, part => !part.Pattern.Matches(name, run) || run.Under($".{name}", part.Node, value)));
    }

    private static SchemaCheck AdditionalProperties(KeywordSource source)
    {
        var node = source.Part;
        var names = source.Beside("properties")?.Members.Select(member => member.Name).ToFrozenSet(StringComparer.Ordinal) ?? [];
        var patterns = source.Beside("patternProperties")?.Members.Select(member => SchemaPattern.Of(member.Name)).ToArray() ?? [];
        return EachMember((name, value, run) => names.Contains(name) || Array.Exists(patterns, pattern => pattern.Matches(name, run)) || run.Under($".{name}", node, value));
    }

    private static SchemaCheck Required(string[] names) => (value, run) =>
        value.Kind != JsonValueKind.Object || Array.Find(names, name => !run.Spend() || value.Member(name) is null) is not { } missing || run.Fail($"lacks the member {Excerpt.Of(missing)}");

    private static SchemaCheck Dependent(KeywordSource source, Func<JsonTree, SchemaCheck> make)
    {
        var checks = source.Members.Select(member => (member.Name, Check: make(member.Value))).ToArray();
        return (value, run) => Array.TrueForAll(checks, check => value.Member(check.Name) is null || check.Check(value, run));
    }

    private static SchemaCheck EachMember(Func<string, JsonTree, SchemaRun, bool> check) =>
        (value, run) => value.Members.TrueForAll(member => run.Spend() && check(member.Name, member.Value, run));

    private static string Step(int index) => $"[{index.ToString(CultureInfo.InvariantCulture)}]";
}
