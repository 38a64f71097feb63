namespace RewardServer.Compatibility.OpenRlhf;

/// <summary>
/// Finds what the model wrote in OpenRLHF's query, which is the text of prompt and response with all special tokens
/// (openrlhf/utils/agent.py).
/// </summary>
internal static class QueryResponse
{
    // Of the prompt's end; what a chat template puts there is mostly as long.
    private const int Tail = 64;

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
        var tail = prompt[^Math.Min(Tail, prompt.Length)..];
        var reach = (int)Math.Min(query.Length, (long)prompt.Length + Slack);
        start = query.AsSpan(0, reach).IndexOf(tail, StringComparison.Ordinal);
        return start < 0 ? 0 : start + tail.Length;
    }
}
