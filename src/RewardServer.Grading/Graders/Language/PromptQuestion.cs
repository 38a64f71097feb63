using System.Collections.Immutable;
using RewardServer.Grading.Completions;

namespace RewardServer.Grading.Graders.Language;

/// <summary>What the user asks: a chat's last message of theirs, or of a plain text what a template puts between its marks.</summary>
internal static class PromptQuestion
{
    // The template of DeepSeek-R1-Zero (table 1), and those of common chat formats. Their own words are no part of the question.
    private static readonly ImmutableArray<(string Open, string Close)> Templates =
    [
        ("<|im_start|>user", "<|im_end|>"),
        ("<|start_header_id|>user<|end_header_id|>", "<|eot_id|>"),
        ("<start_of_turn>user", "<end_of_turn>"),
        ("<｜User｜>", "<｜Assistant｜>"),
        ("[INST]", "[/INST]"),
        ("User:", "Assistant:"),
        ("Human:", "Assistant:"),
    ];

    /// <summary>The question; the whole text where no template is known in it.</summary>
    public static string Of(ChatText prompt)
    {
        if (prompt.Text is not { } text)
        {
            return prompt.LastOf("user") ?? prompt.End ?? "";
        }

        foreach (var (open, close) in Templates)
        {
            var start = text.LastIndexOf(open, StringComparison.Ordinal);
            if (start >= 0)
            {
                start += open.Length;
                var end = text.IndexOf(close, start, StringComparison.Ordinal);
                return end < 0 ? text[start..] : text[start..end];
            }
        }

        return text;
    }
}
