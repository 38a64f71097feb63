using System.Globalization;
using System.Text.Json;

namespace RewardServer.Grading.Graders.Custom.Scripts;

/// <summary>Makes verdicts of what scripts answer. What is no valid answer is a fault of ours, never a score.</summary>
internal static class ScriptVerdicts
{
    /// <exception cref="ScriptBrokenException">It is no answer to the call.</exception>
    public static Verdict Of(ScriptAnswer answer, long number, ScoreRange range, string name)
    {
        if (answer.Number != number || answer.Signals.IsDefault || answer.Score is null == answer.Fault is null)
        {
            throw new ScriptBrokenException("wrote to the server's pipe what is no answer");
        }

        return (answer.Fault ?? Fault(answer.Score!.Value, range) ?? Fault(answer)) is { } fault
            ? Verdict.Failed($"the script {name} {Shown.Head(fault, ScriptAnswer.MostReason)}")
            : Verdict.Scored(answer.Score!.Value, Reason(answer, name)) with
            {
                Signals = [.. answer.Signals.Distinct()],
                Details = answer.Details is { } details ? Checked(details) : null,
            };
    }

    private static string Reason(ScriptAnswer answer, string name) => string.IsNullOrWhiteSpace(answer.Reason)
        ? string.Create(CultureInfo.InvariantCulture, $"the script {name} gave {answer.Score}")
        : Shown.Head(answer.Reason, ScriptAnswer.MostReason);

    private static string? Fault(double score, ScoreRange range) =>
        score >= range.Low && score <= range.High
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"gave {score}, which is not from {range.Low} to {range.High}");

    private static string? Fault(ScriptAnswer answer) =>
        answer.Signals.FirstOrDefault(signal => !Signal.All.Contains(signal)) is { } unknown
            ? $"gave '{Shown.Head(unknown, 100)}', which is not a signal; there are: {string.Join(", ", Signal.All)}"
        : answer.Details is { ValueKind: not JsonValueKind.Object } ? "gave details that are not an object"
        : null;

    // Written once more, strictly: what cannot be written must not first be found while a response is.
    private static JsonElement Checked(JsonElement details)
    {
        try
        {
            return JsonElement.Parse(JsonSerializer.SerializeToUtf8Bytes(details));
        }
        catch (Exception unwritable) when (unwritable is InvalidOperationException or JsonException)
        {
            throw new ScriptBrokenException("wrote to the server's pipe what is no answer");
        }
    }
}
