using System.Collections.Immutable;
using RewardServer.Grading.Graders;

namespace RewardServer.Grading.Rubrics;

/// <summary>What can be wrong with a rubric apart from the options of its graders and transforms.</summary>
internal static class RubricChecks
{
    // Weighted and added up, numbers of this size stay finite.
    private const double Largest = 1_000_000;

    /// <summary>The name of a component in results.</summary>
    public static string NameOf(ComponentDefinition component) => component.Name ?? component.Grader;

    /// <summary>Everything that is wrong.</summary>
    /// <param name="definition">A definition none of whose components, gates and transforms is null.</param>
    public static IEnumerable<RubricError> Errors(RubricDefinition definition) =>
        definition.Tags.Errors().Select(error => new RubricError($"tags.{error.Member}", error.Error))
            .Concat(Whole(definition))
            .Concat(Repeated([.. definition.Components.Select(NameOf)], "components"))
            .Concat(Repeated([.. definition.Transforms.Select(transform => transform.Name ?? transform.Transform)], "transforms"))
            .Concat(definition.Components.SelectMany((component, i) => Component(definition, component, $"components[{i}]")));

    private static IEnumerable<RubricError> Whole(RubricDefinition definition)
    {
        if (definition.Version < 1)
        {
            yield return new("version", $"must be at least 1, but is {definition.Version}");
        }

        if (Bounds(definition.Clip) is { } error)
        {
            yield return new("clip", error);
        }

        foreach (var (signal, price) in definition.Signals ?? ImmutableSortedDictionary<string, double>.Empty)
        {
            if (!Signal.All.Contains(signal))
            {
                yield return new($"signals.{signal}", $"is not a signal; there are: {string.Join(", ", Signal.All)}");
            }
            else if (!IsSmall(price))
            {
                yield return new($"signals.{signal}", $"must be from -{Largest} to {Largest}");
            }
        }
    }

    private static IEnumerable<RubricError> Repeated(string[] names, string path)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < names.Length; i++)
        {
            if (!seen.Add(names[i]))
            {
                yield return new($"{path}[{i}].name", $"'{names[i]}' is the name of an earlier {path[..^1]}");
            }
        }
    }

    private static IEnumerable<RubricError> Component(RubricDefinition definition, ComponentDefinition component, string path)
    {
        if (NameOf(component).StartsWith(Combining.SignalPrefix, StringComparison.Ordinal))
        {
            yield return new($"{path}.name", $"'{Combining.SignalPrefix}' begins the names of priced signals");
        }

        if (Bounds(component.Clip) is { } error)
        {
            yield return new($"{path}.clip", error);
        }

        if (component.Scale is { } scale && !(IsSmall(scale.First) && IsSmall(scale.Second)))
        {
            yield return new($"{path}.scale", $"must hold numbers from -{Largest} to {Largest}");
        }

        for (var i = 0; i < component.Gates.Length; i++)
        {
            if (Gate(definition, component, component.Gates[i]) is var (member, fault))
            {
                yield return new($"{path}.gates[{i}].{member}", fault);
            }
        }
    }

    private static (string Member, string Fault)? Gate(RubricDefinition definition, ComponentDefinition component, GateDefinition gate) =>
        gate.Component == NameOf(component) ? ("component", "must be another component")
        : !definition.Components.Any(other => NameOf(other) == gate.Component)
            ? ("component", $"'{gate.Component}' is no component; there are: {string.Join(", ", definition.Components.Select(NameOf))}")
        : gate.AtLeast >= gate.Below ? ("below", $"must be above atLeast, {gate.AtLeast}")
        : !IsSmall(gate.Otherwise) ? ("otherwise", $"must be from -{Largest} to {Largest}")
        : null;

    private static string? Bounds(NumberPair? pair) =>
        pair is not { } bounds ? null
        : !(IsSmall(bounds.First) && IsSmall(bounds.Second)) ? $"must hold numbers from -{Largest} to {Largest}"
        : bounds.First > bounds.Second ? "must hold the lower bound first"
        : null;

    private static bool IsSmall(double number) => Math.Abs(number) <= Largest;
}
