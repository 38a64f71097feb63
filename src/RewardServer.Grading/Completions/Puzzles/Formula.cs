using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace RewardServer.Grading.Completions.Puzzles;

/// <summary>
/// A statement as JSON: an object with one member, the operator, that holds what it is about, <c>{"or": [{"knight": "A"}, {"knave": "B"}]}</c>;
/// or a bare name, as a variable is written.
/// </summary>
/// <param name="Operator">The operator; of a bare name the name itself.</param>
/// <param name="Parts">What it is about, in order; none of a name.</param>
[JsonConverter(typeof(FormulaConverter))]
public sealed record Formula(string Operator, ImmutableArray<Formula> Parts)
{
    /// <summary>The deepest nesting that is read.</summary>
    public const int Deepest = 24;

    /// <summary>Whether it is a bare name.</summary>
    public bool IsName { get; init; }

    /// <summary>A bare name.</summary>
    public static Formula Of(string name) => new(name, []) { IsName = true };

    /// <summary>How many operators and names stand in it.</summary>
    [JsonIgnore]
    public int Size => 1 + Parts.Sum(part => part.Size);

    /// <summary>It as a text for people: <c>or(knight(A), knave(B))</c>.</summary>
    public override string ToString() => IsName ? Operator : $"{Operator}({string.Join(", ", Parts)})";
}
