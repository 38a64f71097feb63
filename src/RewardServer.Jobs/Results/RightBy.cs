using System.Collections.Immutable;
using RewardServer.Grading.Graders.Accuracy;
using RewardServer.Grading.Graders.Judge;
using RewardServer.Grading.Rubrics;

namespace RewardServer.Jobs.Results;

/// <summary>
/// Which component of a rubric tells whether an answer is right: the first whose grader is <c>accuracy</c>, which compares answers and runs programs, or where there is none, the first
/// whose grader is a judge. Components may have any name, so lines of results name it where it is not called <c>accuracy</c>.
/// </summary>
internal static class RightBy
{
    /// <summary>The member of a line that names it.</summary>
    public const string Member = "rightBy";

    /// <summary>Its name where a line names none.</summary>
    public const string Default = "accuracy";

    /// <summary>Its name in results; null where the rubric has no such component, or it has the name that is taken where a line names none.</summary>
    public static string? Of(RubricDefinition definition) =>
        (First(definition.Components, AccuracyGrader.Kind.Name) ?? First(definition.Components, JudgeGrader.Kind.Name)) is { } name && name != Default ? name : null;

    private static string? First(ImmutableArray<ComponentDefinition> components, string grader) =>
        components.FirstOrDefault(component => component.Grader == grader) is { } found ? found.Name ?? found.Grader : null;
}
