using System.Collections.Frozen;
using System.Text.Json;

namespace RewardServer.Grading.Graders.Json.Schemas;

/// <summary>Keywords that join schemas (JSON Schema 2020-12, Core 8.2.3 and 10.2).</summary>
internal static class LogicKeywords
{
    public static FrozenDictionary<string, MakesCheck> All { get; } = new Dictionary<string, MakesCheck>
    {
        ["$ref"] = source => source.Compiler.InPlace(
            source.Node, source.Compiler.Resolve(source.Value.Kind == JsonValueKind.String ? source.Value.Text : throw source.Wrong("a string")), source.Keyword).Allows,
        ["allOf"] = source => source.Sames is var all ? (value, run) => Array.TrueForAll(all, node => node.Allows(value, run)) : null,
        ["anyOf"] = source => source.Sames is var any ? (value, run) => Array.Exists(any, node => run.Tries(node, value)) || run.Fail("is none of the kinds allowed (anyOf)") : null,
        ["oneOf"] = source => source.Sames is var one ? (value, run) => one.Count(node => run.Tries(node, value)) == 1 || run.Fail("is not of exactly one of the kinds allowed (oneOf)") : null,
        ["not"] = source => source.Same is var no ? (value, run) => !run.Tries(no, value) || run.Fail("is of a kind that is not allowed (not)") : null,
        ["if"] = If,
        ["then"] = OfIf,
        ["else"] = OfIf,
    }.ToFrozenDictionary();

    // Checked by "if", without which it says nothing.
    private static SchemaCheck? OfIf(KeywordSource source)
    {
        _ = source.Part;
        return null;
    }

    private static SchemaCheck If(KeywordSource source)
    {
        var (condition, then, otherwise) = (source.Same, source.Beside("then")?.Same, source.Beside("else")?.Same);
        return (value, run) => (run.Tries(condition, value) ? then : otherwise)?.Allows(value, run) ?? true;
    }
}
