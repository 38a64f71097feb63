using System.Collections.Immutable;

namespace RewardServer.Compatibility;

/// <summary>The marks that tokenizers put around texts, which trainers that decode with <c>skip_special_tokens=False</c> send along.</summary>
internal static class SpecialTokens
{
    // Llama, Qwen, Mistral, Gemma, DeepSeek, Phi, GPT and their kin; those that pad may stand on either side.
    private static readonly ImmutableArray<string> Padding =
        ["<|endoftext|>", "<pad>", "<|pad|>", "[PAD]", "<unk>", "<|finetune_right_pad_id|>", "<|fim_pad|>", "<|PAD_TOKEN|>"];

    private static readonly ImmutableArray<string> First =
        [.. Padding, "<s>", "<bos>", "[BOS]", "<|begin_of_text|>", "<|startoftext|>", "<｜begin▁of▁sentence｜>", "[gMASK]", "<sop>"];

    private static readonly ImmutableArray<string> Last =
    [
        .. Padding, "</s>", "<eos>", "[EOS]", "<|im_end|>", "<|eot_id|>", "<|eom_id|>", "<|end_of_text|>", "<end_of_turn>", "<turn|>", "<|end|>",
        "<|return|>", "<|eos|>", "<|endofassistant|>", "<｜end▁of▁sentence｜>", "<|user|>", "[|endofturn|]", "<|END_OF_TURN_TOKEN|>",
    ];

    /// <summary>A text without the marks that it begins and ends with, and without the white space between those and around them.</summary>
    public static string Strip(string text)
    {
        var rest = text.AsSpan();
        for (var token = StartOf(rest); token is not null; token = StartOf(rest))
        {
            rest = rest.TrimStart()[token.Length..];
        }

        for (var token = EndOf(rest); token is not null; token = EndOf(rest))
        {
            rest = rest.TrimEnd()[..^token.Length];
        }

        return rest.Length == text.Length ? text : rest.ToString();
    }

    private static string? StartOf(ReadOnlySpan<char> text)
    {
        var trimmed = text.TrimStart();
        foreach (var token in First)
        {
            if (trimmed.StartsWith(token, StringComparison.Ordinal))
            {
                return token;
            }
        }

        return null;
    }

    private static string? EndOf(ReadOnlySpan<char> text)
    {
        var trimmed = text.TrimEnd();
        foreach (var token in Last)
        {
            if (trimmed.EndsWith(token, StringComparison.Ordinal))
            {
                return token;
            }
        }

        return null;
    }
}
