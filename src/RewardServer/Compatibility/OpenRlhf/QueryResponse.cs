using System.Collections.Immutable;

namespace RewardServer.Compatibility.OpenRlhf;

/// <summary>
/// Finds what the model wrote in OpenRLHF's query, which is the text of prompt and response with all special tokens
/// (openrlhf/utils/agent.py).
/// </summary>
internal static class QueryResponse
{
    // Characters of the prompt's end; what a chat template puts there is mostly longer than the second.
    private static readonly ImmutableArray<int> Tails = [64, 24];

    // What a tokenizer may add before a prompt.
    private const int Slack = 256;

    /// <summary>The response, without special tokens at its ends; the whole query where the prompt is not in it.</summary>
    /// <param name="query">Prompt and response.</param>
    /// <param name="prompt">The prompt; empty where the trainer does not send it.</param>
    public static string Of(string query, string prompt) => SpecialTokens.Strip(query[EndOfPrompt(query, prompt)..]);

    private static int EndOfPrompt(string query, string prompt)
    {
        if (prompt.Length == 0)
        {
            return 0;
        }

        var start = query.IndexOf(prompt, StringComparison.Ordinal);
        if (start >= 0)
        {
            return start + prompt.Length;
        }

        // A prompt that was too long lost its beginning, and tokenizers change characters on their way; its end is there mostly. It is
        // looked for only where a prompt can end, so that no response can choose where it begins.
        var reach = query.AsSpan(0, (int)Math.Min(query.Length, (long)prompt.Length + Slack));
        foreach (var length in Tails)
        {
            start = prompt.Length < length ? -1 : reach.IndexOf(prompt.AsSpan(prompt.Length - length), StringComparison.Ordinal);
            if (start >= 0)
            {
                return start + length;
            }
        }

        return 0;
    }
}
