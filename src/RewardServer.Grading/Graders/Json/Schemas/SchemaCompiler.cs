using System.Globalization;
using System.Text.Json;
using RewardServer.Grading.Graders.Code.Checkers;

namespace RewardServer.Grading.Graders.Json.Schemas;

/// <summary>Makes the checks of a schema, and refuses one that cannot be carried out. One pass without recursion, whatever the schema.</summary>
/// <param name="root">The schema.</param>
internal sealed class SchemaCompiler(JsonTree root)
{
    private const int MostNodes = 10_000;

    private readonly Dictionary<JsonTree, SchemaNode> nodes = new(ReferenceEqualityComparer.Instance);
    private readonly Queue<(JsonTree Tree, SchemaNode Node)> toDo = new();

    /// <summary>Makes the checks.</summary>
    /// <exception cref="SchemaException">The schema cannot be used.</exception>
    public SchemaNode Compile()
    {
        var first = Node(root, "the whole");
        while (toDo.TryDequeue(out var next))
        {
            Fill(next.Tree, next.Node);
        }

        SchemaGraph.Check(nodes.Values);
        return first;
    }

    /// <summary>The node of a schema that stands somewhere within.</summary>
    /// <param name="tree">The schema.</param>
    /// <param name="keyword">Where it stands.</param>
    public SchemaNode Node(JsonTree tree, string keyword)
    {
        if (nodes.TryGetValue(tree, out var known))
        {
            return known;
        }

        if (tree.Kind is not (JsonValueKind.Object or JsonValueKind.True or JsonValueKind.False))
        {
            throw new SchemaException($"has no schema where one is needed: in {Excerpt.Of(keyword)}");
        }

        var node = nodes[tree] = new SchemaNode();
        toDo.Enqueue((tree, node));
        return nodes.Count <= MostNodes ? node : throw new SchemaException($"has over {MostNodes} parts");
    }

    /// <summary>The node of a schema that checks the same value as another.</summary>
    public SchemaNode InPlace(SchemaNode of, JsonTree tree, string keyword)
    {
        var node = Node(tree, keyword);
        of.InPlace.Add(node);
        return node;
    }

    /// <summary>What a reference names: a place in the schema itself.</summary>
    public JsonTree Resolve(string reference)
    {
        if (reference is not ['#', ..] || (reference.Length > 1 && reference[1] != '/'))
        {
            throw new SchemaException($"refers to {Excerpt.Of(reference)}, and only places within itself can be used: \"#/…\"");
        }

        var tree = root;
        foreach (var step in Uri.UnescapeDataString(reference[1..]).Split('/').Skip(1).Select(step => step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)))
        {
            tree = (tree.Kind == JsonValueKind.Array
                ? int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < tree.Items.Count ? tree.Items[index] : null
                : tree.Member(step)) ?? throw new SchemaException($"refers to {Excerpt.Of(reference)}, which is not there");
        }

        return tree;
    }

    private void Fill(JsonTree tree, SchemaNode node)
    {
        if (tree.Kind == JsonValueKind.False)
        {
            node.Add((_, run) => run.Fail("is not allowed"));
        }

        foreach (var (keyword, value) in tree.Members)
        {
            var source = new KeywordSource(this, node, tree, keyword, value);
            if (ValueKeywords.All.TryGetValue(keyword, out var make) || StructureKeywords.All.TryGetValue(keyword, out make) || LogicKeywords.All.TryGetValue(keyword, out make))
            {
                _ = make(source) is { } check ? Added(node, check) : node;
            }
            else if (!Annotations.Are(keyword, ReferenceEquals(tree, root)))
            {
                throw new SchemaException($"has the keyword {Excerpt.Of(keyword)}, which is not known here");
            }
        }
    }

    private static SchemaNode Added(SchemaNode node, SchemaCheck check)
    {
        node.Add(check);
        return node;
    }
}
