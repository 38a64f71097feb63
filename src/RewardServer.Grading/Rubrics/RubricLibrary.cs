using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using RewardServer.Grading.Completions;

namespace RewardServer.Grading.Rubrics;

/// <summary>The rubrics that requests can name.</summary>
public sealed class RubricLibrary
{
    private const string Folder = "rubrics/";
    private readonly FrozenDictionary<string, Rubric> rubrics;

    /// <summary>Compiles the built-in rubrics.</summary>
    /// <exception cref="InvalidOperationException">One of them is wrong: a bug of ours, found at start.</exception>
    public RubricLibrary(RubricCompiler compiler)
    {
        rubrics = BuiltIn().Select(definition => Compile(compiler, definition)).ToFrozenDictionary(rubric => rubric.Definition.Name);
        Names = [.. rubrics.Keys.Order(StringComparer.Ordinal)];
    }

    /// <summary>The names, in order.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>The rubric with that name; null where there is none.</summary>
    public Rubric? Find(string name) => rubrics.GetValueOrDefault(name);

    private static IEnumerable<RubricDefinition> BuiltIn()
    {
        var assembly = typeof(RubricLibrary).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            yield return JsonSerializer.Deserialize<RubricDefinition>(stream, ItemJson.Options)!;
        }
    }

    private static Rubric Compile(RubricCompiler compiler, RubricDefinition definition)
    {
        var (rubric, errors) = compiler.Compile(definition);
        return rubric ?? throw new InvalidOperationException(
            $"the built-in rubric {definition.Name} is wrong: {string.Join("; ", errors)}");
    }
}
