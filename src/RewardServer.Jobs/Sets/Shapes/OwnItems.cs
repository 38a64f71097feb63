using System.Text.Json;
using RewardServer.Grading.Completions;

namespace RewardServer.Jobs.Sets.Shapes;

/// <summary>Items as <c>POST /v1/grade</c> takes them, or with <c>completions</c> in place of <c>completion</c> for several answers to one prompt.</summary>
internal sealed class OwnItems : ISetShape
{
    public string Name => "items";

    public string Description => "prompt, completion, task: as POST /v1/grade takes items";

    public bool Fits(Columns columns) => columns.Find("task") is { ValueKind: JsonValueKind.Object } task && task.TryGetProperty("kind", out _);

    public SetRow Read(Columns columns)
    {
        try
        {
            var task = columns.Find("task")?.Deserialize<GradingTask>(ItemJson.Options) ?? throw new RowException("has no 'task'");
            return task.MemberErrors().FirstOrDefault() is { Member: { } member, Error: var error }
                ? throw new RowException($"task.{member} {error}")
                : new(columns.TextOrNull("id"), columns.Prompt("prompt"), task);
        }
        catch (Exception exception) when (JsonFault.From(exception) is { } fault)
        {
            throw new RowException($"task.{fault.Path} {fault.Message}");
        }
    }
}
