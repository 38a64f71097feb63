namespace RewardServer.Compatibility.OpenRlhf;

/// <summary>
/// Finds what the model wrote in OpenRLHF's query, which is the text of prompt and response with all special tokens
/// (openrlhf/utils/agent.py).
/// </summary>
internal static class QueryResponse
{
    // Characters of a prompt's end: what a chat template puts behind every turn of a prompt may be longer, so that where they stand more
    // than once what stands before them counts too, up to the second.
    private const int Tail = 24, MostTail = 2048;

    // What a tokenizer may add before a prompt.
    private const int Slack = 256;

    /// <summary>The response, without special tokens at its ends; null where the prompt is not in the query, and nobody knows where it begins.</summary>
    /// <param name="query">Prompt and response.</param>
    /// <param name="prompt">The prompt; empty where the trainer does not send it, and then the query is the response.</param>
    public static string? Of(string query, string prompt) => EndOfPrompt(query, prompt) is { } end ? SpecialTokens.Strip(query[end..]) : null;

    private static int? EndOfPrompt(string query, string prompt)
    {
        if (prompt.Length == 0)
        {
            return 0;
        }

        // It is looked for only where a prompt can end, so that no response can choose where it begins.
        var reach = query.AsSpan(0, (int)Math.Min(query.Length, (long)prompt.Length + Slack));
        var start = reach.IndexOf(prompt, StringComparison.Ordinal);
        return start >= 0 ? start + prompt.Length
            : prompt.Length >= Tail ? EndByTail(reach, prompt)
            : null;
    }

    // A prompt that was too long lost its beginning, and tokenizers change characters on their way; its end is there mostly. Earlier turns end
    // likewise: the place counts before which most is as in the prompt.
    private static int? EndByTail(ReadOnlySpan<char> reach, string prompt)
    {
        var ends = new List<int>();
        var most = 0;
        foreach (var end in EndsOf(prompt.AsSpan(prompt.Length - Tail), reach))
        {
            var length = AlikeBefore(reach[..end], prompt);
            if (length > most)
            {
                most = length;
                ends.Clear();
            }

            if (length == most)
            {
                ends.Add(end);
            }
        }

        // A prompt may say the same several times, and a response repeat it: the last time that is the prompt's own counts.
        var own = EndsOf(prompt.AsSpan(prompt.Length - Math.Max(most, Tail)), prompt).Count;
        return ends.Count >= own ? ends[own - 1] : null;
    }

    private static List<int> EndsOf(ReadOnlySpan<char> tail, ReadOnlySpan<char> text)
    {
        var ends = new List<int>();
        for (var from = 0; text[from..].IndexOf(tail, StringComparison.Ordinal) is >= 0 and var at; from += at + 1)
        {
            ends.Add(from + at + tail.Length);
        }

        return ends;
    }

    private static int AlikeBefore(ReadOnlySpan<char> text, ReadOnlySpan<char> prompt)
    {
        var most = Math.Min(MostTail, Math.Min(text.Length, prompt.Length));
        var length = 0;
        while (length < most && text[^(length + 1)] == prompt[^(length + 1)])
        {
            length++;
        }

        return length;
    }
}
