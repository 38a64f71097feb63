using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace RewardServer.Training.Recipes.Reading;

/// <summary>The values of YAML by the core schema of YAML 1.2: <c>yes</c> is a text, <c>true</c> is not.</summary>
internal static class YamlValue
{
    private const NumberStyles Float = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>Whether a node is null or nothing.</summary>
    public static bool IsNull(YamlNode node) => node is YamlScalarNode scalar && Of(scalar) is null;

    /// <summary>What a scalar is: null, a <see cref="bool"/>, <see cref="long"/>, finite <see cref="double"/> or <see cref="string"/>.</summary>
    public static object? Of(YamlScalarNode scalar)
    {
        var text = scalar.Value ?? "";
        return scalar.Style != ScalarStyle.Plain ? text : text switch
        {
            "" or "~" or "null" or "Null" or "NULL" => null,
            "true" or "True" or "TRUE" => true,
            "false" or "False" or "FALSE" => false,
            _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => whole,
            _ when double.TryParse(text, Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => number,
            _ => text,
        };
    }

    /// <summary>The JSON that a node stands for.</summary>
    public static JsonNode? Json(YamlNode node) => node switch
    {
        YamlMappingNode mapping => new JsonObject(mapping.Children.Select(child => KeyValuePair.Create(child.Key.ToString(), Json(child.Value)))),
        YamlSequenceNode sequence => new JsonArray([.. sequence.Select(Json)]),
        _ => Of((YamlScalarNode)node) switch
        {
            null => null,
            bool truth => JsonValue.Create(truth),
            long whole => JsonValue.Create(whole),
            double number => JsonValue.Create(number),
            var text => JsonValue.Create((string)text),
        },
    };

    /// <summary>What a node is, for errors: what stands there, or of which sort it is.</summary>
    public static string Words(YamlNode node) => node switch
    {
        YamlMappingNode => "a mapping",
        YamlSequenceNode { Children.Count: 0 } => "an empty list",
        YamlSequenceNode => "a list",
        YamlScalarNode { Value: { Length: > 40 } text } => $"'{text[..40]}…'",
        _ => $"'{node}'",
    };
}
