using System.Collections.Immutable;
using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Graders.Code.Generation;
using RewardServer.Grading.Graders.Judge;
using RewardServer.Sandboxing.Pooling;

namespace RewardServer.Grading.Rubrics;

/// <summary>Makes a rubric ready to grade, or says everything that is wrong with it at once.</summary>
/// <param name="sandbox">Where the programs of its graders run.</param>
/// <param name="judges">The judges that its rubrics can name; null for none.</param>
public sealed class RubricCompiler(SandboxPool sandbox, JudgeSet? judges = null)
{
    // Each component may run every test of a program, so that their number is a bound on the work of a request.
    private const int MostComponents = 64;

    // Any sum of so many scores stays a finite number.
    private const int HeaviestWeight = 1_000_000;

    private readonly GeneratedTestStore generated = new(sandbox);

    private static readonly JsonElement NoOptions = JsonElement.Parse("{}");

    /// <summary>Reads a definition from JSON and compiles it.</summary>
    /// <returns>The rubric, or null with at least one error.</returns>
    public (Rubric? Rubric, ImmutableArray<RubricError> Errors) Compile(JsonElement json)
    {
        try
        {
            return json.Deserialize<RubricDefinition>(ItemJson.Options) is { } definition
                ? Compile(definition)
                : (null, [new("", "must be an object")]);
        }
        catch (JsonException exception)
        {
            var fault = JsonFault.From(exception);
            return (null, [new(fault.Path, fault.Message)]);
        }
    }

    /// <summary>Compiles a definition.</summary>
    /// <returns>The rubric, or null with at least one error.</returns>
    public (Rubric? Rubric, ImmutableArray<RubricError> Errors) Compile(RubricDefinition definition)
    {
        var errors = ImmutableArray.CreateBuilder<RubricError>();
        errors.AddRange(definition.Tags.Errors().Select(error => new RubricError($"tags.{error.Member}", error.Error)));
        if (definition.Components.IsDefaultOrEmpty)
        {
            errors.Add(new("components", "must name at least one grader"));
            return (null, errors.ToImmutable());
        }

        if (definition.Components.Length > MostComponents)
        {
            return (null, [new("components", $"must be at most {MostComponents}, but there are {definition.Components.Length}")]);
        }

        for (var i = 0; i < definition.Components.Length; i++)
        {
            if (definition.Components[i] is null)
            {
                return (null, [new($"components[{i}]", "must not be null")]);
            }
        }

        errors.AddRange(RepeatedNames(definition));
        var context = new GraderContext(definition.Tags, sandbox, generated) { Judges = judges ?? JudgeSet.None };
        var components = definition.Components.Select((component, i) => Compile(component, $"components[{i}]", context, errors)).ToArray();
        return errors.Count > 0
            ? (null, errors.ToImmutable())
            : (new(definition, [.. components.OfType<RubricComponent>()]), []);
    }

    private static IEnumerable<RubricError> RepeatedNames(RubricDefinition definition)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < definition.Components.Length; i++)
        {
            var name = NameOf(definition.Components[i]);
            if (!seen.Add(name))
            {
                yield return new($"components[{i}].name", $"'{name}' is the name of an earlier component");
            }
        }
    }

    private static RubricComponent? Compile(
        ComponentDefinition component, string path, GraderContext context, ImmutableArray<RubricError>.Builder errors)
    {
        if (!(Math.Abs(component.Weight) <= HeaviestWeight))
        {
            errors.Add(new($"{path}.weight", $"must be from -{HeaviestWeight} to {HeaviestWeight}"));
        }

        if (GraderCatalog.Find(component.Grader) is not { } kind)
        {
            var known = string.Join(", ", GraderCatalog.All.Select(grader => grader.Name));
            errors.Add(new($"{path}.grader", $"'{component.Grader}' is not a grader; there are: {known}"));
            return null;
        }

        try
        {
            return new(NameOf(component), component.Weight, kind.Create(context, component.Options ?? NoOptions));
        }
        catch (JsonException exception)
        {
            var fault = JsonFault.From(exception);
            errors.Add(new(fault.Path.Length == 0 ? $"{path}.options" : $"{path}.options.{fault.Path}", fault.Message));
            return null;
        }
    }

    private static string NameOf(ComponentDefinition component) => component.Name ?? component.Grader;
}
