using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Rubrics;

namespace RewardServer.Grading.Tests;

/// <summary>Grades answers by the grader "accuracy", with tasks and options written as JSON.</summary>
internal static class Answering
{
    /// <summary>What accuracy finds of a completion.</summary>
    public static Task<GradedComponent> GradeAsync(SharedSandbox sandbox, string task, string completion, string options = "{}") =>
        GradingByRubric.ComponentAsync(sandbox, $$"""{"grader":"accuracy","options":{{options}}}""", Item(task, completion));

    /// <summary>An item as a request has it.</summary>
    public static Item Item(string task, string completion) =>
        JsonSerializer.Deserialize<Item>($$"""{"id":"1","prompt":"?","completion":{{JsonSerializer.Serialize(completion)}},"task":{{task}}}""", ItemJson.Options)!;

    /// <summary>A text as JSON.</summary>
    public static string Quoted(string text) => JsonSerializer.Serialize(text);
}
