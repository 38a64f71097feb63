using System.Text.Json;

namespace RewardServer.Compatibility.NemoGym.Metrics;

/// <summary>The numbers of one rollout.</summary>
/// <param name="Task">The task's index; 0 where silent.</param>
/// <param name="Rollout">The rollout's index within the task; 0 where silent.</param>
/// <param name="Numbers">Every number and every truth value at the top of the answer and in <c>response.usage</c>, by its name.</param>
/// <param name="Answer">The answer that was taken out of the completion; null where there was none.</param>
/// <param name="HasAnswer">Whether the answer of <c>/verify</c> tells one, or that there was none.</param>
internal sealed record GymSample(long Task, long Rollout, IReadOnlyDictionary<string, double> Numbers, string? Answer, bool HasAnswer)
{
    /// <summary>The member that has the task's index.</summary>
    public const string TaskIndex = "_ng_task_index";

    /// <summary>The member that has the rollout's index.</summary>
    public const string RolloutIndex = "_ng_rollout_index";

    /// <summary>How right it was: the score of accuracy where it has one, else the reward; null where it has neither.</summary>
    public double? Accuracy => Numbers.TryGetValue("accuracy", out var accuracy) || Numbers.TryGetValue("reward", out accuracy) ? accuracy : null;

    /// <summary>Reads the numbers of an answer.</summary>
    /// <param name="row">Its members.</param>
    public static GymSample Of(Dictionary<string, JsonElement> row)
    {
        var numbers = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var (name, value) in row)
        {
            Add(numbers, name, value);
        }

        if (row.TryGetValue("response", out var response) && response.ValueKind == JsonValueKind.Object
            && response.TryGetProperty("usage", out var usage) && usage.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in usage.EnumerateObject())
            {
                Add(numbers, member.Name, member.Value);
            }
        }

        return new(IndexOf(row, TaskIndex), IndexOf(row, RolloutIndex), numbers, AnswerOf(row, out var has), has);
    }

    private static string? AnswerOf(Dictionary<string, JsonElement> row, out bool has)
    {
        has = row.TryGetValue("extracted_answer", out var answer);
        return GymJson.Of(answer);
    }

    private static long IndexOf(Dictionary<string, JsonElement> row, string member) =>
        row.TryGetValue(member, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var index) ? index : 0;

    private static void Add(Dictionary<string, double> numbers, string name, JsonElement value)
    {
        if (name is not (TaskIndex or RolloutIndex) && NumberOf(value) is { } number && double.IsFinite(number))
        {
            numbers[name] = number;
        }
    }

    private static double? NumberOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => 1,
        JsonValueKind.False => 0,
        JsonValueKind.Number when value.TryGetDouble(out var number) => number,
        _ => null,
    };
}
