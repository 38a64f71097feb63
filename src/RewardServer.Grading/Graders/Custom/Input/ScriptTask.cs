using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders.Custom.Scripts;

namespace RewardServer.Grading.Graders.Custom.Input;

/// <summary>A task as scripts see it.</summary>
/// <param name="Kind">Its kind: "math", "code".</param>
/// <param name="Json">The whole task, with its kind and with defaults where the item was silent.</param>
public sealed record ScriptTask(string Kind, JsonElement Json)
{
    internal static ScriptTask Of(GradingTask task)
    {
        var json = JsonSerializer.SerializeToElement(task, ScriptJson.Options);
        return new(json.GetProperty("kind").GetString()!, json);
    }
}
