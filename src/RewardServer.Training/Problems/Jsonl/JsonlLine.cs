using System.Text.Json;
using System.Text.RegularExpressions;
using RewardServer.Grading.Completions;
using RewardServer.Training.Problems.Writing;

namespace RewardServer.Training.Problems.Jsonl;

/// <summary>
/// A line of a file of problems: what is asked (<c>question</c> or <c>prompt</c>), and either a <c>task</c> as items have it, or the <c>answer</c> to a
/// problem of mathematics. An answer as GSM8K writes it (Cobbe et al. 2021) is a solution, then "####" and the answer alone. Other members are not read.
/// </summary>
/// <param name="Question">What is asked.</param>
/// <param name="Task">How an answer is checked.</param>
/// <param name="Solution">The solution, where the line has an answer.</param>
internal sealed partial record JsonlLine(string Question, GradingTask Task, Reasoning? Solution)
{
    private const string BeforeAnswer = "####";

    /// <summary>Reads a line.</summary>
    /// <exception cref="JsonException">It is no such line; the message says why.</exception>
    public static JsonlLine Read(string line)
    {
        using var document = JsonDocument.Parse(line, new() { AllowDuplicateProperties = false });
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new JsonException("must be an object");
        }

        var question = One(root, "question", "prompt");
        if (question.ValueKind != JsonValueKind.String || string.IsNullOrWhiteSpace(question.GetString()))
        {
            throw new JsonException("the question must be a text");
        }

        _ = One(root, "task", "answer");
        return root.TryGetProperty("task", out var task)
            ? new(question.GetString()!, Checked(task), null)
            : Answered(question.GetString()!, root.GetProperty("answer"));
    }

    private static JsonElement One(JsonElement root, string name, string other) =>
        (root.TryGetProperty(name, out var first), root.TryGetProperty(other, out var second)) switch
        {
            (true, true) => throw new JsonException($"must not have both {name} and {other}"),
            (false, false) => throw new JsonException($"must have {name} or {other}"),
            (var named, _) => named ? first : second,
        };

    private static GradingTask Checked(JsonElement json)
    {
        try
        {
            var task = json.Deserialize<GradingTask>(ItemJson.Options) ?? throw new JsonException("must not be null");
            var errors = task.MemberErrors().Concat(task is LogicTask logic ? logic.Errors() : []).Select(error => $"task.{error.Member} {error.Error}").ToArray();
            return errors.Length == 0 ? task : throw new JsonException(string.Join("; ", errors));
        }
        catch (Exception exception) when (JsonFault.From(exception) is { } fault && !fault.Message.StartsWith("task.", StringComparison.Ordinal))
        {
            throw new JsonException($"{$"task.{fault.Path}".TrimEnd('.')} {fault.Message}");
        }
    }

    private static JsonlLine Answered(string question, JsonElement json)
    {
        var text = json.ValueKind switch
        {
            JsonValueKind.String => json.GetString()!,
            JsonValueKind.Number => json.GetRawText(),
            _ => throw new JsonException("answer must be a text or a number"),
        };
        var at = text.LastIndexOf(BeforeAnswer, StringComparison.Ordinal);
        var (solution, answer) = at < 0 ? ("", text.Trim()) : (text[..at].Trim(), text[(at + BeforeAnswer.Length)..].Trim());
        return answer.Length > 0
            ? new(question, new MathTask(answer), new Reasoning(Calculation().Replace(solution, ""), answer))
            : throw new JsonException("answer must not be empty");
    }

    // What GSM8K has for a calculator: "48/2 = <<48/2=24>>24".
    [GeneratedRegex("<<[^<>]*>>")]
    private static partial Regex Calculation();
}
