using System.Globalization;
using System.Text.Json;
using RewardServer.Grading.Completions;

namespace RewardServer.Jobs.Sets.Shapes;

/// <summary>Items as <c>POST /v1/grade</c> takes them, or with <c>completions</c> in place of <c>completion</c> for several answers to one prompt. Other members are columns.</summary>
internal sealed class OwnItems : ISetShape
{
    public string Name => "items";

    public string Description => "prompt, completion, task: as POST /v1/grade takes items";

    public bool Fits(Columns columns) => columns.Find("task") is { } task
        && (task.ValueKind == JsonValueKind.Object ? task.TryGetProperty("kind", out _)
            : task.ValueKind == JsonValueKind.String && JsonTexts.Of(task).AsSpan().TrimStart().StartsWith("{"));

    public SetRow Read(Columns columns) => new(columns.TextOrNull("id"), columns.Prompt("prompt"), TaskOf(columns))
    {
        Group = columns.TextOrNull("group"),
        NamesCompletion = true,
        CompletionTokens = TokensOf(columns),
        Truncated = IsTruncated(columns),
        Meta = columns.Find("meta"),
    };

    private static GradingTask TaskOf(Columns columns)
    {
        try
        {
            var task = columns.Structured("task").Deserialize<GradingTask>(ItemJson.Options) ?? throw new RowException("has no 'task'");
            return task.MemberErrors().FirstOrDefault() is { Member: { } member, Error: var error } ? throw new RowException($"task.{member} {error}") : task;
        }
        catch (Exception exception) when (JsonFault.From(exception) is { } fault)
        {
            throw new RowException($"{(fault.Path.Length == 0 ? "task" : $"task.{fault.Path}")} {fault.Message}");
        }
    }

    private static int? TokensOf(Columns columns) => columns.TextOrNull("completionTokens") is not { } written ? null
        : int.TryParse(written, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var tokens) ? tokens
        : throw new RowException($"has 'completionTokens' that are no whole number: '{written}'");

    // In CSV it is a text.
    private static bool IsTruncated(Columns columns) => columns.Find("truncated") switch
    {
        null => false,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        { ValueKind: JsonValueKind.String } text when bool.TryParse(JsonTexts.Of(text), out var said) => said,
        _ => throw new RowException("has a 'truncated' that is neither true nor false"),
    };
}
