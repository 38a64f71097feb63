using System.Text.Json.Serialization;

namespace RewardServer.Grading.Completions;

/// <summary>One message of a chat.</summary>
/// <param name="Role">"system", "user", "assistant" or "tool".</param>
/// <param name="Content">Its text.</param>
public sealed record ChatMessage(
    string Role,
    [property: JsonConverter(typeof(LenientTextConverter))] string Content);
