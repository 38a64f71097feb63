using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using RewardServer.Grading.Graders;

namespace RewardServer.Grading.Rubrics.Explaining;

/// <summary>A rubric in words, for the people who train by it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Lowest">The lowest reward that it can give.</param>
/// <param name="Highest">The highest reward that it can give.</param>
/// <param name="Explanation">What it rewards, a sentence each.</param>
/// <param name="Definition">As it could stand inline.</param>
public sealed record RubricExplanation(
    string Name, int Version, double Lowest, double Highest, ImmutableArray<string> Explanation, RubricDefinition Definition)
{
    /// <summary>Whether an item's result depends on the others of its group, which then must come in one call.</summary>
    public bool NeedsGroups { get; init; }

    /// <summary>A hash of what it says, as results of jobs and of <c>grade</c> carry it.</summary>
    public string Hash { get; init; } = "";

    /// <summary>The version of the program that grades by it, as these results carry it.</summary>
    public string Engine { get; init; } = "";

    /// <summary>Explains a rubric.</summary>
    public static RubricExplanation Of(Rubric rubric)
    {
        var range = RewardRange.Of(rubric);
        var definition = rubric.Definition;
        return new(definition.Name, definition.Version, range.Low, range.High, [.. Sentences(rubric, range)], definition) { NeedsGroups = rubric.NeedsGroups };
    }

    private static IEnumerable<string> Sentences(Rubric rubric, ScoreRange range)
    {
        var definition = rubric.Definition;
        var counted = rubric.Components.Where(component => component.Weight != 0).ToArray();
        if (definition.Description.Length > 0)
        {
            yield return Sentence(definition.Description);
        }

        yield return counted.Length == 0 ? "No component counts." : Sentence(Combined(definition.Combine, counted.Length));
        foreach (var (component, written) in rubric.Components.Zip(definition.Components))
        {
            yield return Component(component, written.Options, definition.Combine);
        }

        foreach (var (signal, price) in definition.Signals ?? ImmutableSortedDictionary<string, double>.Empty)
        {
            yield return $"An item that carries the signal {signal} {(price < 0 ? "loses" : "gains")} {Number(Math.Abs(price))}.";
        }

        yield return $"The reward lies from {Number(range.Low)} to {Number(range.High)}{(definition.Clip is null ? "" : ", where it is clipped")}.";
        if (string.Join(", ", rubric.Components.Where(component => component.Decides).Select(component => component.Name)) is { Length: > 0 } deciding)
        {
            yield return $"An item has no reward, but a reason, where one of these has no score: {deciding}.";
        }

        if (definition.Signals is { Count: > 0 })
        {
            yield return "Nor has it one where any component fails, since its signals are not known then.";
        }

        foreach (var (transform, written) in rubric.Transforms.Zip(definition.Transforms))
        {
            yield return $"Beside the rewards of a group: {transform.Name}. {Sentence(transform.Kind.Description)}{Options(written.Options)}";
        }
    }

    private static string Combined(Combination combination, int parts) => (combination, parts) switch
    {
        (_, 1) => "The reward is the value of one component times its weight",
        (Combination.Product, _) => "The reward is the product of each component's value times its weight",
        (Combination.Min, _) => "The reward is the lowest of the components' values times their weights",
        (Combination.Max, _) => "The reward is the highest of the components' values times their weights",
        (Combination.FirstFailure, _) => "The reward is what the first component gives that does not pass, in this order; where all pass, the sum of what they give",
        _ => "The reward is the sum of each component's value times its weight",
    };

    private static string Component(RubricComponent component, JsonElement? options, Combination combination)
    {
        var words = new List<string>
        {
            component.Weight == 0
                ? $"{component.Name} (reported{(component.ReadByGate ? " and read by a gate" : "")}, weight 0): {Sentence(component.Grader.Explanation ?? component.Kind.Description)}{Options(options)}"
                : $"{component.Name} (weight {Number(component.Weight)}): {Sentence(component.Grader.Explanation ?? component.Kind.Description)}{Options(options)}",
        };
        if (component.Scale is { } scale)
        {
            words.Add($"A score of 0 has the value {Number(scale.First)}, a score of 1 the value {Number(scale.Second)}.");
        }

        if (component.Clip is { } clip)
        {
            words.Add($"The value is kept from {Number(clip.First)} to {Number(clip.Second)}.");
        }

        words.AddRange(component.Gates.Select(Gate));
        if (combination == Combination.FirstFailure && component.Weight != 0)
        {
            words.Add($"It passes from a score of {Number(component.PassAt)} on.");
        }

        return string.Join(' ', words);
    }

    private static string Gate(GateDefinition gate)
    {
        var bounds = (gate.AtLeast, gate.Below) switch
        {
            ({ } least, { } below) => $"from {Number(least)} to below {Number(below)}",
            (null, { } below) => $"below {Number(below)}",
            var (least, _) => $"at least {Number(least ?? 1)}",
        };
        return $"It counts only where the score of {gate.Component} is {bounds}; else its value is {Number(gate.Otherwise)}.";
    }

    private static string Options(JsonElement? options) =>
        options is { ValueKind: JsonValueKind.Object } given && given.EnumerateObject().ToArray() is { Length: > 0 } members
            ? $" With {string.Join(", ", members.Select(member => $"{member.Name} {(member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString() : member.Value.GetRawText())}"))}."
            : "";

    private static string Sentence(string text) => text.TrimEnd().TrimEnd('.') + ".";

    private static string Number(double number) => number.ToString("0.######", CultureInfo.InvariantCulture);
}
