using RewardServer.Grading.Completions;
using RewardServer.Grading.Extraction;

namespace RewardServer.Grading.Graders.Custom.Input;

/// <summary>A completion as scripts see it. Of each text they see at most the first <see cref="MostCharacters"/>.</summary>
/// <param name="Text">The whole text; of a chat, the last message of the assistant's.</param>
/// <param name="Thinking">What stands in the thinking tags of the rubric; empty where there is none.</param>
/// <param name="Response">What follows the thinking; the whole text where it never thought.</param>
/// <param name="Tokens">Tokens, as the caller counts them; null where the caller does not say.</param>
/// <param name="Truncated">Whether the trainer's length limit cut it off.</param>
public sealed record ScriptCompletion(string Text, string Thinking, string Response, int? Tokens, bool Truncated)
{
    /// <summary>
    /// Characters (UTF-16 units) of a text that scripts see. No completion is so long that a script, which has its time and its
    /// memory for a call, could not read it: its author would have it left out.
    /// </summary>
    public const int MostCharacters = 1_000_000;

    internal static ScriptCompletion Of(Item item, ThinkTags tags)
    {
        var parts = Extraction.Response.Of(item, tags);
        return new(Head(item.CompletionText ?? ""), Head(parts.Thinking), Head(parts.Text), item.CompletionTokens, item.Truncated);
    }

    private static string Head(string text) => Shown.Head(text, MostCharacters);
}
