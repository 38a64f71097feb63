using RewardServer.Grading.Rubrics;

namespace RewardServer.Jobs.Results;

/// <summary>By what results were graded, so that they can be told apart and graded again.</summary>
/// <param name="Rubric">The rubric's name and version: "r1@1".</param>
/// <param name="RubricHash">SHA-256 of what the rubric says, the first 16 hexadecimal digits (<see cref="RubricContent"/>).</param>
/// <param name="Engine">The program that graded, as <see cref="EngineVersion"/> has it.</param>
public sealed record RunIdentity(string Rubric, string RubricHash, string Engine)
{
    /// <summary>The component that tells whether an answer is right; null where it is called <c>accuracy</c>, or there is none.</summary>
    public string? RightBy { get; init; }

    /// <summary>Of this program and a rubric.</summary>
    public static RunIdentity Of(Rubric rubric) =>
        Of(rubric.Definition, RubricContent.HashOf(rubric), EngineVersion.Current);

    internal static RunIdentity Of(RubricDefinition definition, string hash, string engine) =>
        new($"{definition.Name}@{definition.Version}", hash, engine) { RightBy = Results.RightBy.Of(definition) };
}
