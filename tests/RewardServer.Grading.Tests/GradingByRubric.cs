using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Rubrics;
using RewardServer.Grading.Sets;

namespace RewardServer.Grading.Tests;

/// <summary>Grades by a rubric written as JSON, as a request would.</summary>
internal static class GradingByRubric
{
    /// <summary>Grades one item.</summary>
    public static async Task<GradedItem> GradeAsync(SharedSandbox sandbox, string rubric, Item item) =>
        (await GradeAsync(sandbox, rubric, [item]))[0];

    /// <summary>Grades items of one call.</summary>
    public static Task<GradedItem[]> GradeAsync(SharedSandbox sandbox, string rubric, IReadOnlyList<Item> items) =>
        new SetGrader(2, (_, exception) => throw new InvalidOperationException("a bug of ours", exception))
            .GradeAsync(Compile(sandbox, rubric), items, TestContext.Current.CancellationToken);

    /// <summary>What one component of a rubric found of an item.</summary>
    public static async Task<GradedComponent> ComponentAsync(SharedSandbox sandbox, string component, Item item) =>
        (await GradeAsync(sandbox, $$"""{"components":[{{component}}]}""", item)).Components[0];

    /// <summary>Compiles a rubric.</summary>
    public static Rubric Compile(SharedSandbox sandbox, string rubric)
    {
        var (compiled, errors) = new RubricCompiler(new(sandbox.Pool)).Compile(JsonElement.Parse(rubric));
        return compiled ?? throw new InvalidOperationException(string.Join("; ", errors));
    }

    /// <summary>What is wrong with a rubric.</summary>
    public static IReadOnlyList<RubricError> Errors(SharedSandbox sandbox, string rubric) =>
        new RubricCompiler(new(sandbox.Pool)).Compile(JsonElement.Parse(rubric)).Errors;
}
