using System.Collections.Immutable;
using System.Text.Json;
using RewardServer.Compatibility.Tasks;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Sets.Tests;

namespace RewardServer.Compatibility.Labels;

/// <summary>
/// Makes a task of what a trainer sends as the label (also called ground truth, answer, reference):
/// a task of ours as a JSON object, or that in a text; <c>task:ID</c>, a task that was uploaded before (<c>PUT /v1/tasks</c>);
/// tests as verl's sets have them (<c>{"inputs": […], "outputs": […], "fn_name"?}</c>); else the plain gold.
/// </summary>
/// <param name="store">The uploaded tasks.</param>
internal sealed class LabelReading(TaskStore store)
{
    /// <summary>What begins a label that names an uploaded task.</summary>
    public const string IdPrefix = "task:";

    /// <summary>What a plain gold can be.</summary>
    public static ImmutableArray<string> Kinds { get; } = ["math", "text", "number", "choice"];

    /// <summary>Why a plain gold can be nothing of that kind.</summary>
    public static string WhyNoKind(string kind) => $"kind '{kind}' has no plain gold; it is one of {string.Join(", ", Kinds)}";

    /// <summary>Reads a label.</summary>
    /// <param name="label">The label; null or JSON null where the trainer sends none, and then the task has no gold.</param>
    /// <param name="kind">What a plain gold is: <c>?kind=</c> math (where silent), text, number or choice.</param>
    /// <returns>The task; or what is wrong, with the path below the label ("" for the label itself).</returns>
    /// <exception cref="InvalidOperationException">A text of it is no Unicode: half of a character.</exception>
    public (GradingTask? Task, (string Path, string Message)? Error) Read(JsonElement? label, string? kind = null) => label?.ValueKind switch
    {
        null or JsonValueKind.Null or JsonValueKind.Undefined => Plain("", kind),
        JsonValueKind.Object => OfObject(label.Value),
        JsonValueKind.String => OfText(label.Value.GetString()!, kind),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => Plain(label.Value.GetRawText(), kind),
        _ => OfArray(label.Value, kind),
    };

    private (GradingTask? Task, (string Path, string Message)? Error) OfText(string text, string? kind)
    {
        if (text.StartsWith(IdPrefix, StringComparison.Ordinal))
        {
            var name = text[IdPrefix.Length..];
            return store.Find(name) is { } known ? (known.Task, null) : (null, ("", $"there is no task '{name}'; PUT /v1/tasks keeps tasks"));
        }

        // A gold may begin with a brace, too: only what is a whole object with one of our marks is one.
        return AsObject(text) is { } task ? OfObject(task) : Plain(text, kind);
    }

    private static JsonElement? AsObject(string text)
    {
        if (!text.AsSpan().TrimStart().StartsWith("{"))
        {
            return null;
        }

        try
        {
            var element = JsonElement.Parse(text);
            return element.TryGetProperty("kind", out _) || InputOutputTests.Are(element) ? element : null;
        }
        catch (JsonException)
        {
            // Such as the set {1, 2}: a gold like any other.
            return null;
        }
    }

    private static (GradingTask? Task, (string Path, string Message)? Error) OfObject(JsonElement label)
    {
        if (InputOutputTests.Are(label))
        {
            return InputOutputTests.Read(label);
        }

        try
        {
            var task = label.Deserialize<GradingTask>(ItemJson.Options)!;
            return task.MemberErrors().FirstOrDefault() is { Member: { } member, Error: var error } ? (null, (member, error)) : (task, null);
        }
        catch (Exception exception) when (JsonFault.From(exception) is { } fault)
        {
            return (null, (fault.Path, fault.Message));
        }
    }

    // One label, or several golds, of which any will do.
    private (GradingTask? Task, (string Path, string Message)? Error) OfArray(JsonElement label, string? kind)
    {
        var golds = label.EnumerateArray().ToList();
        if (golds is [{ ValueKind: not JsonValueKind.Array } only])
        {
            return Read(only, kind);
        }

        return golds.Count > 1 && golds.TrueForAll(gold => gold.ValueKind is JsonValueKind.String or JsonValueKind.Number)
            ? Plain([.. golds.Select(gold => gold.ValueKind == JsonValueKind.String ? gold.GetString()! : gold.GetRawText())], kind)
            : (null, ("", "must be a gold, several golds, a task, or task:ID"));
    }

    private static (GradingTask? Task, (string Path, string Message)? Error) Plain(string gold, string? kind) => Plain([gold], kind);

    // By the JSON of the task, so that a gold is read as /v1/grade reads it.
    private static (GradingTask? Task, (string Path, string Message)? Error) Plain(ImmutableArray<string> golds, string? kind)
    {
        kind ??= "math";
        if (!Kinds.Contains(kind))
        {
            return (null, ("", WhyNoKind(kind)));
        }

        var json = golds is [var only]
            ? JsonSerializer.SerializeToElement(new { kind, answer = only })
            : JsonSerializer.SerializeToElement(new { kind, answers = golds });
        return OfObject(json);
    }
}
