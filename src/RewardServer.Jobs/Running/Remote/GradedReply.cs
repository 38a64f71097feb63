using System.Runtime.InteropServices;
using System.Text.Json;
using RewardServer.Grading.Graders;
using RewardServer.Jobs.Results;

namespace RewardServer.Jobs.Running.Remote;

/// <summary>Reads the items of an answer to <c>POST /v1/grade</c>. What is there may be another program's.</summary>
internal static class GradedReply
{
    /// <summary>The lines of samples.</summary>
    /// <param name="items">The answer's items.</param>
    /// <param name="samples">What was asked, in the same order.</param>
    /// <param name="identity">By what was graded.</param>
    /// <returns>The lines; null where the items are not those that were asked for.</returns>
    public static ResultLine[]? Read(JsonElement items, IReadOnlyList<Sample> samples, RunIdentity identity)
    {
        if (items.GetArrayLength() != samples.Count)
        {
            return null;
        }

        var lines = new ResultLine[samples.Count];
        for (var i = 0; i < lines.Length; i++)
        {
            if (!items[i].TryGetProperty("id", out var id) || id.ValueKind != JsonValueKind.String || !id.ValueEquals(samples[i].Id) || OutcomeOf(items[i]) is not { } outcome)
            {
                return null;
            }

            var reward = items[i].TryGetProperty("reward", out var number) && number.ValueKind == JsonValueKind.Number ? number.GetDouble() : (double?)null;
            lines[i] = ResultLine.Of(samples[i], JsonMarshal.GetRawUtf8Value(items[i]), outcome, reward, identity);
        }

        return lines;
    }

    private static Outcome? OutcomeOf(JsonElement item) => !item.TryGetProperty("outcome", out var outcome) || outcome.ValueKind != JsonValueKind.String ? null
        : outcome.ValueEquals("scored") ? Outcome.Scored
        : outcome.ValueEquals("skipped") ? Outcome.Skipped
        : outcome.ValueEquals("failed") ? Outcome.Failed
        : null;
}
