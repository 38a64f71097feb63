using System.Collections.Immutable;
using RewardServer.Grading.Graders;

namespace RewardServer.Grading.Rubrics;

/// <summary>What can be wrong with a rubric apart from the options of its graders and transforms.</summary>
internal static class RubricChecks
{
    // Weighted and added up, numbers of this size stay finite.
    private const double Largest = 1_000_000;

    private const string NameRule = "must have from 1 to 100 letters, digits, spaces, '-', '_' and '.'";

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

    /// <summary>Thresholds that no score can reach, or that every score does.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="components">Those of its components that could be made.</param>
    public static IEnumerable<RubricError> Thresholds(RubricDefinition definition, IReadOnlyCollection<RubricComponent> components)
    {
        for (var i = 0; i < definition.Components.Length; i++)
        {
            var component = definition.Components[i];
            if (Beyond(component.PassAt, NameOf(component), components) is { } never)
            {
                yield return new($"components[{i}].passAt", never);
            }

            for (var j = 0; j < component.Gates.Length; j++)
            {
                var gate = component.Gates[j];
                if (Beyond(gate.AtLeast, gate.Component, components) is { } closed)
                {
                    yield return new($"components[{i}].gates[{j}].atLeast", closed);
                }

                if (Beyond(gate.Below, gate.Component, components) is { } below)
                {
                    yield return new($"components[{i}].gates[{j}].below", below);
                }
            }
        }
    }

    private static string? Beyond(double? threshold, string name, IEnumerable<RubricComponent> components) =>
        threshold is { } at && components.FirstOrDefault(other => other.Name == name) is { Grader.Range: var range } && !(at >= range.Low && at <= range.High)
            ? FormattableString.Invariant($"must be from {range.Low} to {range.High}, between which the scores of '{name}' lie")
            : null;

    private static IEnumerable<RubricError> Whole(RubricDefinition definition)
    {
        if (!IsName(definition.Name))
        {
            yield return new("name", NameRule);
        }

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
        if (component.Name is { } name && !IsName(name))
        {
            yield return new($"{path}.name", NameRule);
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

    // Names stand in addresses and as columns of tables; "@" parts a version, ":" a signal.
    private static bool IsName(string name) =>
        name.Length is > 0 and <= 100 && name.All(character => char.IsLetterOrDigit(character) || character is '-' or '_' or '.' or ' ');

    private static bool IsSmall(double number) => Math.Abs(number) <= Largest;
}
