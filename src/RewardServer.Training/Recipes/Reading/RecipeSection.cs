using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace RewardServer.Training.Recipes.Reading;

/// <summary>
/// Reads the members of one mapping. Whatever is wrong goes to a list and reading goes on, so that a person sees all of it at once; what could
/// not be read gets a value that nobody will use. A member that is null is absent.
/// </summary>
/// <param name="mapping">The mapping.</param>
/// <param name="path">What errors call it.</param>
/// <param name="line">The line at which it begins, from 1.</param>
/// <param name="errors">Where errors go.</param>
/// <param name="origins">What errors call members that come from elsewhere, by their names' nodes; null for none.</param>
internal sealed partial class RecipeSection(YamlMappingNode mapping, string path, int line, List<RecipeError> errors, IReadOnlyDictionary<YamlNode, string>? origins = null)
{
    private readonly HashSet<string> known = [];
    private readonly int earlier = errors.Count;

    /// <summary>The line at which it begins, from 1.</summary>
    public int Line => line;

    /// <summary>Whether nothing was wrong since its reading began: only then do its members say anything together.</summary>
    public bool IsSound => errors.Count == earlier;

    /// <summary>Whether a member stands there.</summary>
    public bool Has(string name) => Find(name) is not null;

    /// <summary>A whole number; required where there is no fallback.</summary>
    public int Whole(string name, Bounds bounds, int? fallback = null) =>
        Required(name, fallback, WholeOrNull(name, bounds));

    /// <summary>A whole number that may be absent.</summary>
    public int? WholeOrNull(string name, Bounds bounds) =>
        Find(name) is { } node ? (int)Within(name, node, bounds with { Most = Math.Min(bounds.Most, int.MaxValue) }, Value(node) as long?, "a whole number") : null;

    /// <summary>A finite number; required where there is no fallback.</summary>
    public double Number(string name, Bounds bounds, double? fallback = null) =>
        Required(name, fallback, NumberOrNull(name, bounds));

    /// <summary>A finite number that may be absent.</summary>
    public double? NumberOrNull(string name, Bounds bounds) =>
        Find(name) is { } node ? Within(name, node, bounds, Value(node) switch { long whole => whole, double number => number, _ => null }, "a number") : null;

    /// <summary>True or false, or absent.</summary>
    public bool? TruthOrNull(string name) =>
        Find(name) is not { } node ? null : Value(node) as bool? ?? Wrong(name, node, "must be true or false", false);

    /// <summary>A text that is not empty; required where there is no fallback.</summary>
    public string Text(string name, string? fallback = null) => Required(name, fallback, TextOrNull(name)) ?? "";

    /// <summary>A text that is not empty, or absent.</summary>
    public string? TextOrNull(string name) =>
        Find(name) is not { } node ? null : Value(node) is string { Length: > 0 } text ? text : Wrong(name, node, "must be a text", "");

    /// <summary>The member <c>name</c>, by which a folder is called: of lower-case letters, digits and hyphens, and no other's.</summary>
    /// <param name="taken">The names of others before it.</param>
    /// <param name="sort">What errors call one of them, such as <c>stage</c>.</param>
    /// <param name="reserved">A name that none may have; null for none.</param>
    public string FolderName(IEnumerable<string> taken, string sort, string? reserved = null)
    {
        var name = Text("name");
        if (name.Length > 0 && !FolderPattern().IsMatch(name) || name == reserved)
        {
            Add("name", $"must be of lower-case letters, digits and hyphens, at most 40{(reserved is null ? "" : $", and not '{reserved}'")}, but is '{name}'");
        }

        if (taken.Contains(name))
        {
            Add("name", $"is '{name}', as an earlier {sort}'s is");
        }

        return name;
    }

    /// <summary>One of some words; required where there is no fallback. With no words, any text.</summary>
    public string Word(string name, IReadOnlyCollection<string> words, string? fallback = null)
    {
        var text = Text(name, fallback);
        if (words.Count > 0 && Find(name) is { } node && text.Length > 0 && !words.Contains(text))
        {
            errors.Add(new((int)node.Start.Line, Path(name), $"is '{text}', which is unknown; {NearestName.Advice(text, words)}"));
        }

        return text;
    }

    /// <summary>One of the values of an enum by its name, such as <c>per-token</c>; or absent.</summary>
    public T? KindOrNull<T>(string name)
        where T : struct, Enum
    {
        if (!Has(name))
        {
            return null;
        }

        var kinds = Enum.GetValues<T>().ToDictionary(kind => JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString()));
        return kinds.TryGetValue(Word(name, kinds.Keys), out var kind) ? kind : null;
    }

    /// <summary>A mapping of its own; an error where it must be there and is not.</summary>
    public RecipeSection? Section(string name, bool required = false)
    {
        if (Find(name) is { } node)
        {
            return Of(node, Path(name), LineOf(name));
        }

        if (required)
        {
            Add(name, "is missing");
        }

        return null;
    }

    /// <summary>The mappings of a list, which must be there and not empty.</summary>
    public IEnumerable<RecipeSection> List(string name)
    {
        if (Find(name) is not { } node)
        {
            Add(name, "is missing");
            return [];
        }

        if (node is not YamlSequenceNode { Children.Count: > 0 } sequence)
        {
            return Wrong<RecipeSection[]>(name, node, "must be a list of at least one", []);
        }

        return [.. sequence.Select((child, place) => Of(child, $"{Path(name)}[{place}]", (int)child.Start.Line)).OfType<RecipeSection>()];
    }

    /// <summary>The texts of a list, which must be there and not empty.</summary>
    public ImmutableArray<string> Texts(string name)
    {
        if (Find(name) is not { } node)
        {
            Add(name, "is missing");
            return [];
        }

        return node is YamlSequenceNode { Children.Count: > 0 } sequence && sequence.All(child => Value(child) is string { Length: > 0 })
            ? [.. sequence.Select(child => (string)Value(child)!)]
            : Wrong<ImmutableArray<string>>(name, node, "must be a list of at least one text", []);
    }

    /// <summary>The whole numbers of a list, which must be there and not empty, each greater than the one before.</summary>
    public ImmutableArray<int> Wholes(string name, Bounds bounds)
    {
        if (Find(name) is not { } node)
        {
            Add(name, "is missing");
            return [];
        }

        if (node is not YamlSequenceNode { Children.Count: > 0 } sequence)
        {
            return Wrong<ImmutableArray<int>>(name, node, "must be a list of at least one whole number", []);
        }

        var numbers = ImmutableArray.CreateBuilder<int>(sequence.Children.Count);
        foreach (var (place, child) in sequence.Index())
        {
            var number = (int)Within($"{name}[{place}]", child, bounds with { Most = Math.Min(bounds.Most, int.MaxValue) }, Value(child) as long?, "a whole number");
            if (IsSound && numbers.Count > 0 && number <= numbers[^1])
            {
                errors.Add(new((int)child.Start.Line, Path($"{name}[{place}]"), $"must be greater than the one before, but is {number}"));
            }

            numbers.Add(number);
        }

        return numbers.ToImmutable();
    }

    /// <summary>The names of its members that are texts.</summary>
    public IEnumerable<string> Names => mapping.Children.Keys.OfType<YamlScalarNode>().Select(key => key.Value).OfType<string>();

    /// <summary>A mapping as the JSON that it stands for; null where none is there.</summary>
    public JsonElement? Json(string name) => Find(name) switch
    {
        null => null,
        YamlMappingNode node => JsonSerializer.SerializeToElement(YamlValue.Json(node)),
        var node => Wrong(name, node, "must be a mapping", default(JsonElement?)),
    };

    /// <summary>Whether a member is a mapping.</summary>
    public bool IsMapping(string name) => Find(name) is YamlMappingNode;

    /// <summary>Says that something is wrong with a member.</summary>
    public void Add(string name, string message) => errors.Add(new(LineOf(name), Path(name), message));

    /// <summary>Reports members that nobody asked for; to be called last.</summary>
    public void Close()
    {
        foreach (var key in mapping.Children.Keys)
        {
            if (key is not YamlScalarNode { Value: { } name })
            {
                errors.Add(new((int)key.Start.Line, path, "has a name that is no text"));
            }
            else if (!known.Contains(name))
            {
                errors.Add(new((int)key.Start.Line, Path(name), $"is unknown; {NearestName.Advice(name, known)}"));
            }
        }
    }

    /// <summary>A section from a node that must be a mapping; else null, with an error.</summary>
    public static RecipeSection? Of(YamlNode node, string path, int line, List<RecipeError> errors, IReadOnlyDictionary<YamlNode, string>? origins = null)
    {
        if (node is YamlMappingNode mapping)
        {
            return new(mapping, path, line, errors, origins);
        }

        errors.Add(new((int)node.Start.Line, path, $"must be a mapping, but is {YamlValue.Words(node)}"));
        return null;
    }

    private RecipeSection? Of(YamlNode node, string at, int from) => Of(node, at, from, errors, origins);

    private string Path(string name) => Path(mapping.Children.Keys.FirstOrDefault(key => IsNamed(key, name)), name);

    private string Path(YamlNode? key, string name) =>
        key is not null && origins?.GetValueOrDefault(key) is { } origin ? origin : path.Length == 0 ? name : $"{path}.{name}";

    private YamlNode? Find(string name)
    {
        known.Add(name);
        return mapping.Children.FirstOrDefault(child => IsNamed(child.Key, name)).Value is { } node && !YamlValue.IsNull(node) ? node : null;
    }

    private int LineOf(string name) => (int?)mapping.Children.Keys.FirstOrDefault(key => IsNamed(key, name))?.Start.Line ?? line;

    private static bool IsNamed(YamlNode key, string name) => key is YamlScalarNode scalar && scalar.Value == name;

    private static object? Value(YamlNode node) => node is YamlScalarNode scalar ? YamlValue.Of(scalar) : null;

    private T? Required<T>(string name, T? fallback, T? value)
        where T : class
    {
        if (value is null && fallback is null)
        {
            Add(name, "is missing");
        }

        return value ?? fallback;
    }

    private T Required<T>(string name, T? fallback, T? value)
        where T : struct
    {
        if (value is null && fallback is null)
        {
            Add(name, "is missing");
        }

        return value ?? fallback ?? default;
    }

    private double Within(string name, YamlNode node, Bounds bounds, double? value, string sort) =>
        value is not { } number ? Wrong(name, node, $"must be {sort}", bounds.Least)
        : bounds.Hold(number) ? number
        : Wrong(name, node, $"must be {bounds.Demand(number)}", bounds.Least);

    private T Wrong<T>(string name, YamlNode node, string wanted, T instead)
    {
        errors.Add(new((int)node.Start.Line, Path(name), $"{wanted}, but is {YamlValue.Words(node)}"));
        return instead;
    }

    [GeneratedRegex(@"\A[a-z0-9](?:-?[a-z0-9]){0,39}\z")]
    private static partial Regex FolderPattern();
}
