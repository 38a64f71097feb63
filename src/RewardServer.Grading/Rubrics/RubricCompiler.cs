using System.Collections.Immutable;
using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Rubrics.Transforms;

namespace RewardServer.Grading.Rubrics;

/// <summary>Makes a rubric ready to grade, or says everything that is wrong with it at once.</summary>
/// <param name="resources">What its graders share with those of other rubrics.</param>
public sealed class RubricCompiler(GraderResources resources)
{
    // Each component may run every test of a program, so that their number is a bound on the work of a request.
    private const int MostComponents = 64;

    // Any sum of so many scores stays a finite number.
    private const int HeaviestWeight = 1_000_000;

    private const int MostTransforms = 32;

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
        if (Shape(definition) is { } error)
        {
            return (null, [error]);
        }

        var errors = ImmutableArray.CreateBuilder<RubricError>();
        errors.AddRange(RubricChecks.Errors(definition));
        var readByGates = definition.Components.SelectMany(component => component.Gates).Select(gate => gate.Component).ToHashSet(StringComparer.Ordinal);
        var components = new List<RubricComponent>();
        var earlier = ImmutableArray<EarlierComponent>.Empty;
        for (var i = 0; i < definition.Components.Length; i++)
        {
            var context = new GraderContext(definition.Tags, resources, earlier);
            if (Compile(definition.Components[i], $"components[{i}]", context, errors) is { } component)
            {
                components.Add(component with { ReadByGate = readByGates.Contains(component.Name) });
                earlier = component.Grader is IGrader grader ? earlier.Add(new(component.Name, grader)) : earlier;
            }
        }

        components = [.. components.Select(component => component with { Gates = [.. component.Gates.Select(gate => Resolved(gate, components))] })];
        errors.AddRange(RubricChecks.Thresholds(definition, components));
        var names = new TransformContext([.. definition.Components.Select(RubricChecks.NameOf)]);
        var transforms = definition.Transforms.Select((transform, i) => Compile(transform, $"transforms[{i}]", names, errors)).ToArray();
        return errors.Count > 0
            ? (null, errors.ToImmutable())
            : (new(definition, [.. components], [.. transforms.OfType<RubricTransform>()]), []);
    }

    // What would make no sense to look at any closer.
    private static RubricError? Shape(RubricDefinition definition) =>
        definition.Components.IsDefaultOrEmpty ? new("components", "must name at least one grader")
        : definition.Components.Length > MostComponents ? new("components", $"must be at most {MostComponents}, but there are {definition.Components.Length}")
        : definition.Components.IndexOf(null!) is >= 0 and var missing ? new($"components[{missing}]", "must not be null")
        : definition.Transforms.IsDefault ? new("transforms", "must be an array")
        : definition.Transforms.Length > MostTransforms ? new("transforms", $"must be at most {MostTransforms}, but there are {definition.Transforms.Length}")
        : definition.Transforms.IndexOf(null!) is >= 0 and var none ? new($"transforms[{none}]", "must not be null")
        : Array.FindIndex([.. definition.Components], component => component.Gates.IsDefault || component.Gates.Contains(null!)) is >= 0 and var gated ? new($"components[{gated}].gates", "must be an array of gates")
        : null;

    private static RubricComponent? Compile(
        ComponentDefinition component, string path, GraderContext context, ImmutableArray<RubricError>.Builder errors)
    {
        if (!(Math.Abs(component.Weight ?? 1) <= HeaviestWeight))
        {
            errors.Add(new($"{path}.weight", $"must be from -{HeaviestWeight} to {HeaviestWeight}"));
        }

        if (GraderCatalog.Find(component.Grader) is not { } kind)
        {
            var known = string.Join(", ", GraderCatalog.All.Select(grader => grader.Name));
            errors.Add(new($"{path}.grader", $"'{component.Grader}' is not a grader; there are: {known}"));
            return null;
        }

        var grader = Made(() => kind.Create(context, component.Options ?? NoOptions), path, errors);
        return grader is null ? null : new(RubricChecks.NameOf(component), component.Weight ?? kind.DefaultWeight, kind, grader)
        {
            Scale = component.Scale,
            Clip = component.Clip,
            Gates = component.Gates,
            PassAt = component.PassAt ?? Math.Min(1, grader.Range.High),
        };
    }

    private static GateDefinition Resolved(GateDefinition gate, IEnumerable<RubricComponent> components) =>
        gate is { AtLeast: null, Below: null } && components.FirstOrDefault(other => other.Name == gate.Component) is { } other
            ? gate with { AtLeast = Math.Min(1, other.Grader.Range.High) }
            : gate;

    private static RubricTransform? Compile(
        TransformDefinition transform, string path, TransformContext context, ImmutableArray<RubricError>.Builder errors)
    {
        if (TransformCatalog.Find(transform.Transform) is not { } kind)
        {
            var known = string.Join(", ", TransformCatalog.All.Select(known => known.Name));
            errors.Add(new($"{path}.transform", $"'{transform.Transform}' is not a transform; there are: {known}"));
            return null;
        }

        return Made(() => kind.Create(context, transform.Options ?? NoOptions), path, errors) is { } made
            ? new(transform.Name ?? kind.Name, kind, made)
            : null;
    }

    private static T? Made<T>(Func<T> make, string path, ImmutableArray<RubricError>.Builder errors)
        where T : class
    {
        try
        {
            return make();
        }
        catch (JsonException exception)
        {
            var fault = JsonFault.From(exception);
            errors.Add(new(fault.Path.Length == 0 ? $"{path}.options" : $"{path}.options.{fault.Path}", fault.Message));
            return null;
        }
    }
}
