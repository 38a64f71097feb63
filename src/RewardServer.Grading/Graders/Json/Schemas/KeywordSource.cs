using System.Globalization;
using System.Text.Json;
using RewardServer.Grading.Graders.Code.Checkers;

namespace RewardServer.Grading.Graders.Json.Schemas;

/// <summary>Makes the check of a keyword; null where it has none of its own.</summary>
internal delegate SchemaCheck? MakesCheck(KeywordSource source);

/// <summary>A keyword of a schema that a check is made of.</summary>
/// <param name="Compiler">What makes the schemas within.</param>
/// <param name="Node">The node of the schema that it stands in.</param>
/// <param name="Owner">The schema that it stands in.</param>
/// <param name="Keyword">Its name.</param>
/// <param name="Value">Its value.</param>
internal sealed record KeywordSource(SchemaCompiler Compiler, SchemaNode Node, JsonTree Owner, string Keyword, JsonTree Value)
{
    /// <summary>Its value, which must be a number.</summary>
    public ExactDecimal Number => Value.Kind == JsonValueKind.Number && ExactDecimal.Of(Value.Text) is { } number ? number : throw Wrong("a number");

    /// <summary>Its value, which must be a count.</summary>
    public int Count => Number is { IsInteger: true, Negative: false } && Value.Value <= int.MaxValue ? (int)Value.Value : throw Wrong("a count");

    /// <summary>Its value, which must be an array of strings.</summary>
    public string[] Texts => Value.Kind == JsonValueKind.Array && Value.Items.TrueForAll(item => item.Kind == JsonValueKind.String)
        ? [.. Value.Items.Select(item => item.Text)] : throw Wrong("an array of strings");

    /// <summary>Its value as a schema for a part of what is checked.</summary>
    public SchemaNode Part => Compiler.Node(Value, Keyword);

    /// <summary>Its value as a schema for what is checked itself.</summary>
    public SchemaNode Same => Compiler.InPlace(Node, Value, Keyword);

    /// <summary>Its value as an array of schemas for parts of what is checked.</summary>
    public SchemaNode[] Parts => [.. Items.Select(item => Compiler.Node(item, Keyword))];

    /// <summary>Its value as an array of schemas for what is checked itself.</summary>
    public SchemaNode[] Sames => [.. Items.Select(item => Compiler.InPlace(Node, item, Keyword))];

    /// <summary>Its value, which must be an object.</summary>
    public List<(string Name, JsonTree Value)> Members => Value.Kind == JsonValueKind.Object ? Value.Members : throw Wrong("an object");

    private List<JsonTree> Items => Value is { Kind: JsonValueKind.Array, Items.Count: > 0 } ? Value.Items : throw Wrong("an array of at least one schema");

    /// <summary>Another keyword of the same schema.</summary>
    public KeywordSource? Beside(string keyword) => Owner.Member(keyword) is { } value ? this with { Keyword = keyword, Value = value } : null;

    /// <summary>What is wrong with its value.</summary>
    public SchemaException Wrong(string needed) => new(string.Create(CultureInfo.InvariantCulture, $"has a {Keyword} that is not {needed}"));
}
