using System.Text.Json.Serialization;

namespace RewardServer.Grading.Completions;

/// <summary>
/// One message of a chat. Members other than these are passed over, for chats carry their own: tool calls, names,
/// reasoning kept apart.
/// </summary>
/// <param name="Role">"system", "user", "assistant" or "tool".</param>
/// <param name="Content">Its text, on the wire perhaps in parts; null counts as empty, as in a turn that only calls a tool.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record ChatMessage(
    string Role,
    [property: JsonConverter(typeof(MessageContentConverter))] string? Content = null);
