using System.Text;
using System.Text.Json;
using RewardServer.Grading.Graders.Custom.Input;
using RewardServer.Grading.Graders.Custom.Scripts;
using RewardServer.Sandboxing.Pooling;

namespace RewardServer.Grading.Graders.Custom;

/// <summary>When two calls of a script are the same work, and whether what came of one may be told of the next.</summary>
internal static class ScriptKey
{
    /// <summary>
    /// The key of a script and of all that it is sent, as it is sent. An item's id, group and meta are no part of that: no script sees them.
    /// </summary>
    public static string Of(Script script, ScriptInput input) =>
        ContentKey.Of([Encoding.ASCII.GetBytes(script.Version), JsonSerializer.SerializeToUtf8Bytes(input, ScriptJson.Options)]);

    /// <summary>About how many bytes a verdict takes; null for a fault, which the next item need not meet.</summary>
    public static long? BytesToKeep(Verdict verdict) => verdict.Outcome == Outcome.Failed ? null
        : 1024 + (2L * verdict.Reason.Length) + (verdict.Details is JsonElement details ? 2L * details.GetRawText().Length : 0);
}
