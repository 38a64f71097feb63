using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace RewardServer.Training.Recipes.Reading;

/// <summary>Reads YAML with the lines at which its parts stand.</summary>
internal static class YamlDocument
{
    // Recipes have three levels, and rubrics within them a few more.
    private const int Deepest = 48;

    /// <summary>Reads one document.</summary>
    /// <returns>Its root; null for an empty text, or with an error.</returns>
    public static (YamlNode? Root, RecipeError? Error) Read(string yaml)
    {
        try
        {
            if (Unreadable(new Parser(new StringReader(yaml))) is { } error)
            {
                return (null, error);
            }

            var stream = new YamlStream();
            stream.Load(new StringReader(yaml));
            return stream.Documents.Count switch
            {
                0 => (null, null),
                1 => (stream.Documents[0].RootNode, null),
                _ => (null, new((int)stream.Documents[1].RootNode.Start.Line, "", "begins a second document")),
            };
        }
        catch (YamlException exception)
        {
            return (null, new((int)exception.Start.Line, "", $"is no YAML: {exception.Message}"));
        }
    }

    // Looked for in the stream of events, for trees are built by recursion, and the stack ends where a text does not.
    private static RecipeError? Unreadable(Parser parser)
    {
        var depth = 0;
        while (Next(parser))
        {
            var line = (int)parser.Current!.Start.Line;
            depth += parser.Current.NestingIncrease;
            if (depth > Deepest)
            {
                return new(line, "", $"is nested deeper than {Deepest}");
            }

            // A few nested aliases stand for more than there is memory.
            if (parser.Current is AnchorAlias or NodeEvent { Anchor.IsEmpty: false })
            {
                return new(line, "", "holds an anchor or an alias, which are not read");
            }

            if (parser.Current is NodeEvent { Tag.IsEmpty: false })
            {
                return new(line, "", "holds a tag, which are not read");
            }
        }

        return null;
    }

    // In some broken flow mappings the scanner is failed by its own state, and says so by another exception.
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
}
