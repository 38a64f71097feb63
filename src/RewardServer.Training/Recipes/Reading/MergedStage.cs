using System.Text;
using YamlDotNet.RepresentationModel;

namespace RewardServer.Training.Recipes.Reading;

/// <summary>
/// A stage's members in the place of those that it shares with others: mappings member by member, all else whole. What errors call each, is kept by the node of
/// its name: a shared member is told as such.
/// </summary>
internal sealed class MergedStage
{
    private static readonly string[] Rewards = ["rubric", "rewards"];

    private readonly Dictionary<YamlNode, string> origins = new(ReferenceEqualityComparer.Instance);

    /// <summary>Merges.</summary>
    /// <param name="shared">What all stages share.</param>
    /// <param name="own">What is this stage's.</param>
    /// <param name="path">What errors call the stage.</param>
    /// <param name="begins">Whether it begins with the recipe's model.</param>
    public MergedStage(YamlMappingNode shared, YamlMappingNode own, string path, bool begins)
    {
        string[] taken = ["stages", .. Exclusive(own, RecipeReader.Ways), .. Exclusive(own, Rewards), .. begins ? Array.Empty<string>() : ["pretraining"]];
        Root = Merged(Without(shared, taken), "", Without(own, Find(shared, "name") is null ? ["from"] : ["name", "from"]), path);
        if (begins && Find(own, "problems") is not null && Find(shared, "problems") is { } read && Find(Root, "pretraining") is { Value: YamlMappingNode pretraining } told && Find(pretraining, "problems") is null)
        {
            // The base model is that of all stages, whatever this one asks.
            Root.Children.Remove(told.Key);
            Root.Add(told.Key, Merged(Only(shared, read.Key), "", pretraining, origins[told.Key]));
        }
    }

    /// <summary>All members.</summary>
    public YamlMappingNode Root { get; }

    /// <summary>What errors call members, by the nodes of their names.</summary>
    public IReadOnlyDictionary<YamlNode, string> Origins => origins;

    /// <summary>The members as YAML.</summary>
    public string Text()
    {
        var text = new StringWriter(new StringBuilder(), System.Globalization.CultureInfo.InvariantCulture) { NewLine = "\n" };
        new YamlStream(new YamlDotNet.RepresentationModel.YamlDocument(Root)).Save(text, assignAnchors: false);
        return text.ToString();
    }

    private YamlMappingNode Merged(YamlMappingNode shared, string sharedPath, YamlMappingNode own, string ownPath)
    {
        var merged = new YamlMappingNode();
        foreach (var (key, value) in shared.Children.Where(child => Find(own, child.Key) is null))
        {
            Add(merged, key, value, sharedPath);
        }

        foreach (var (key, value) in own.Children)
        {
            var both = value is YamlMappingNode mine && !IsCheckpoint(key, mine) && Find(shared, key) is { Value: YamlMappingNode theirs } other
                ? Merged(theirs, Path(sharedPath, other.Key), mine, Path(ownPath, key))
                : value;
            Add(merged, key, both, ownPath);
        }

        return merged;
    }

    private void Add(YamlMappingNode merged, YamlNode key, YamlNode value, string path)
    {
        merged.Add(key, value);
        // What was merged before has its path.
        origins.TryAdd(key, Path(path, key));
    }

    // The measures of a fresh model say nothing of a checkpoint.
    private static bool IsCheckpoint(YamlNode key, YamlMappingNode value) => key is YamlScalarNode { Value: "model" } && Find(value, "path") is not null;

    // Of members of which a recipe has one, a stage's own takes the place of another.
    private static IEnumerable<string> Exclusive(YamlMappingNode own, IReadOnlyCollection<string> names) =>
        names.Any(name => Find(own, name) is { } found && !YamlValue.IsNull(found.Value)) ? names.Where(name => Find(own, name) is null) : [];

    private static YamlMappingNode Without(YamlMappingNode mapping, IReadOnlyCollection<string> names) =>
        new(mapping.Children.Where(child => child.Key is not YamlScalarNode { Value: { } name } || !names.Contains(name)));

    private static YamlMappingNode Only(YamlMappingNode mapping, YamlNode key) => new(KeyValuePair.Create(key, mapping.Children[key]));

    private static KeyValuePair<YamlNode, YamlNode>? Find(YamlMappingNode mapping, string name) =>
        Found(mapping.Children.FirstOrDefault(child => child.Key is YamlScalarNode scalar && scalar.Value == name));

    private static KeyValuePair<YamlNode, YamlNode>? Find(YamlMappingNode mapping, YamlNode key) => key is YamlScalarNode { Value: { } name } ? Find(mapping, name) : null;

    private static KeyValuePair<YamlNode, YamlNode>? Found(KeyValuePair<YamlNode, YamlNode> child) => child.Key is null ? null : child;

    private static string Path(string path, YamlNode key) => path.Length == 0 ? $"{key}" : $"{path}.{key}";
}
