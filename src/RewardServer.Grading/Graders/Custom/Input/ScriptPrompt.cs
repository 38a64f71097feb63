using System.Collections.Immutable;
using RewardServer.Grading.Completions;

namespace RewardServer.Grading.Graders.Custom.Input;

/// <summary>A prompt as scripts see it.</summary>
/// <param name="Text">The plain text, or the content of a chat's last message; empty for an empty chat.</param>
/// <param name="Messages">The chat; of a plain text, one message of the user's.</param>
public sealed record ScriptPrompt(string Text, ImmutableArray<ScriptMessage> Messages)
{
    internal static ScriptPrompt Of(ChatText prompt) => new(
        prompt.End ?? "",
        prompt.Text is { } text ? [new("user", text)] : [.. prompt.Messages.Select(message => new ScriptMessage(message.Role, message.Content ?? ""))]);
}

/// <summary>One message of a chat.</summary>
/// <param name="Role">"system", "user", "assistant" or "tool".</param>
/// <param name="Content">Its text; empty in a turn that only calls a tool.</param>
public sealed record ScriptMessage(string Role, string Content);
