using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace RewardServer.Grading.Rubrics.Library;

/// <summary>Reads YAML as the JSON that it stands for, by the core schema of YAML 1.2: <c>yes</c> is a text, <c>true</c> is not.</summary>
internal static class YamlJson
{
    // What the JSON that it stands for may have.
    private const int Deepest = 48;

    /// <summary>Reads one document.</summary>
    /// <returns>Its value; null for an empty one.</returns>
    /// <exception cref="JsonException">It is not YAML, or has what JSON has not; the message tells the line.</exception>
    public static JsonNode? Read(string yaml)
    {
        try
        {
            Scan(new Parser(new StringReader(yaml)));
            var stream = new YamlStream();
            stream.Load(new StringReader(yaml));
            return stream.Documents.Count switch
            {
                0 => null,
                1 => Node(stream.Documents[0].RootNode, 0),
                _ => throw new JsonException("holds more than one document"),
            };
        }
        catch (YamlException exception)
        {
            throw new JsonException($"line {exception.Start.Line}: {exception.Message}", exception);
        }
    }

    // Trees are built by recursion, and the stack ends where a text does not: how deep it goes is seen in the stream of events first.
    private static void Scan(Parser parser)
    {
        for (var depth = 0; Next(parser); depth += parser.Current!.NestingIncrease)
        {
            // The stream and its document count, too, and what is too deep by little is told with its place below.
            if (depth > 2 * Deepest)
            {
                throw new JsonException($"line {parser.Current!.Start.Line}: is nested deeper than {Deepest}");
            }
        }
    }

    // What the library's scanner throws at some broken flow mappings, beside its own exception.
    private static bool Next(Parser parser)
    {
        try
        {
            return parser.MoveNext();
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            var reached = parser.Current?.End ?? Mark.Empty;
            throw new YamlException(reached, reached, "it cannot be read on from here", exception);
        }
    }

    private static JsonNode? Node(YamlNode node, int depth)
    {
        if (depth > Deepest)
        {
            throw new JsonException($"line {node.Start.Line}: is nested deeper than {Deepest}");
        }

        // A few nested ones stand for more than there is memory.
        if (!node.Anchor.IsEmpty)
        {
            throw new JsonException($"line {node.Start.Line}: anchors are not read");
        }

        return node switch
        {
            YamlMappingNode mapping => Mapping(mapping, depth),
            YamlSequenceNode sequence => new JsonArray([.. sequence.Select(child => Node(child, depth + 1))]),
            YamlScalarNode scalar => Scalar(scalar),
            _ => throw new JsonException($"line {node.Start.Line}: is no value"),
        };
    }

    private static JsonObject Mapping(YamlMappingNode mapping, int depth)
    {
        var json = new JsonObject();
        foreach (var (key, value) in mapping.Children)
        {
            json.Add(
                (key as YamlScalarNode)?.Value ?? throw new JsonException($"line {key.Start.Line}: a name must be a text"),
                Node(value, depth + 1));
        }

        return json;
    }

    private static JsonValue? Scalar(YamlScalarNode scalar)
    {
        var text = scalar.Value ?? "";
        if (!scalar.Tag.IsEmpty)
        {
            throw new JsonException($"line {scalar.Start.Line}: tags are not read");
        }

        return scalar.Style != ScalarStyle.Plain ? JsonValue.Create(text) : text switch
        {
            "" or "~" or "null" or "Null" or "NULL" => null,
            "true" or "True" or "TRUE" => JsonValue.Create(true),
            "false" or "False" or "FALSE" => JsonValue.Create(false),
            _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => JsonValue.Create(whole),
            _ when double.TryParse(text, NumberStyles.Float & ~NumberStyles.AllowLeadingWhite & ~NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number)
                && double.IsFinite(number) => JsonValue.Create(number),
            _ => JsonValue.Create(text),
        };
    }
}
