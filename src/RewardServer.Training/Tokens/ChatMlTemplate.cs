using System.Text;
using System.Text.RegularExpressions;
using RewardServer.Grading.Completions;

namespace RewardServer.Training.Tokens;

/// <summary>ChatML: <c>&lt;|im_start|&gt;role, line end, text, &lt;|im_end|&gt;, line end</c>, and what Qwen's models add to it.</summary>
internal sealed partial class ChatMlTemplate : ChatTemplate
{
    private const string Thought = "</think>";

    private readonly string? system;
    private readonly bool thinks;
    private readonly bool chooses;
    private readonly bool begunThinking;

    private ChatMlTemplate(string? system, bool thinks, bool chooses, bool begunThinking)
    {
        this.system = system;
        this.thinks = thinks;
        this.chooses = chooses;
        this.begunThinking = begunThinking;
    }

    /// <summary>Takes a template's text; null if it is no ChatML, or a variant that is not known.</summary>
    public static ChatMlTemplate? Recognised(string template)
    {
        // A line end in a literal may be written as such.
        var text = template.Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\\n", "\n", StringComparison.Ordinal);
        if (!text.Contains("<|im_start|>", StringComparison.Ordinal) || !text.Contains("<|im_end|>", StringComparison.Ordinal)
            || ForeignToken().IsMatch(text) || Trimmed().IsMatch(text) || text.Contains("bos_token", StringComparison.Ordinal))
        {
            return null;
        }

        // Thinking is handled as Qwen3 does, or not at all.
        var thinks = text.Contains("content.split('</think>')[-1].lstrip('\n')", StringComparison.Ordinal) && text.Contains("last_query_index", StringComparison.Ordinal);
        if (text.Contains(Thought, StringComparison.Ordinal) && !thinks)
        {
            return null;
        }

        var defaults = Default().Matches(text).Select(match => match.Groups["text"].Value).Distinct().ToArray();
        return defaults.Length > 1 ? null : new(
            defaults.SingleOrDefault(),
            thinks,
            chooses: text.Contains("enable_thinking", StringComparison.Ordinal),
            begunThinking: text.Contains("assistant\n<think>\n'", StringComparison.Ordinal));
    }

    /// <inheritdoc/>
    private protected override string Written(IReadOnlyList<ChatMessage> messages, bool open, bool thinking)
    {
        var chat = new StringBuilder();
        if (system is not null && messages[0].Role != "system")
        {
            Turn(chat, "system", system);
        }

        var lastQuery = messages.Count - 1;
        for (var i = messages.Count - 1; i >= 0; i--)
        {
            if (messages[i].Role == "user" && !IsToolResponse(messages[i].Content ?? ""))
            {
                lastQuery = i;
                break;
            }
        }

        for (var i = 0; i < messages.Count; i++)
        {
            var content = messages[i].Content ?? "";
            Turn(chat, messages[i].Role, thinks && messages[i].Role == "assistant" ? Answer(content, later: i > lastQuery, last: i == messages.Count - 1) : content);
        }

        if (open)
        {
            chat.Append("<|im_start|>assistant\n").Append(begunThinking ? "<think>\n" : chooses && !thinking ? "<think>\n\n</think>\n\n" : "");
        }

        return chat.ToString();
    }

    // Qwen3 forgets what was thought before the last question, and writes a thinking into every last answer.
    private static string Answer(string content, bool later, bool last)
    {
        var (thought, answer) = ("", content);
        if (content.Contains(Thought, StringComparison.Ordinal))
        {
            answer = content[(content.LastIndexOf(Thought, StringComparison.Ordinal) + Thought.Length)..].TrimStart('\n');
            thought = content[..content.IndexOf(Thought, StringComparison.Ordinal)].TrimEnd('\n');
            thought = thought[(thought.LastIndexOf("<think>", StringComparison.Ordinal) is var at && at >= 0 ? at + "<think>".Length : 0)..].TrimStart('\n');
        }

        return later && (last || thought.Length > 0) ? $"<think>\n{thought.Trim('\n')}\n{Thought}\n\n{answer.TrimStart('\n')}" : answer;
    }

    private static bool IsToolResponse(string content) =>
        content.StartsWith("<tool_response>", StringComparison.Ordinal) && content.EndsWith("</tool_response>", StringComparison.Ordinal);

    private static void Turn(StringBuilder chat, string role, string content) => chat.Append($"<|im_start|>{role}\n{content}<|im_end|>\n");

    [GeneratedRegex(@"<\|im_start\|>system\n(?<text>[^'""{}]+?)<\|im_end\|>")]
    private static partial Regex Default();

    // A format of other tokens, whatever else it has of ChatML. Those of pictures are written for pictures only.
    [GeneratedRegex(@"<\|(?!im_start\||im_end\||endoftext\||vision_|image_pad\||video_pad\|)|<｜")]
    private static partial Regex ForeignToken();

    [GeneratedRegex(@"content['""\]]*\s*\|\s*trim|content\.strip\(\)")]
    private static partial Regex Trimmed();
}
