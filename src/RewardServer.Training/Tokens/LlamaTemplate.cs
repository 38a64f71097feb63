using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using RewardServer.Grading.Completions;

namespace RewardServer.Training.Tokens;

/// <summary>
/// Llama 3's format: <c>&lt;|start_header_id|&gt;role&lt;|end_header_id|&gt;</c>, two line ends, the text trimmed, <c>&lt;|eot_id|&gt;</c>. Llama 3.1 and later
/// begin with a system turn that dates the model.
/// </summary>
internal sealed partial class LlamaTemplate : ChatTemplate
{
    private const string Begin = "<|begin_of_text|>";

    private readonly bool dated;
    private readonly bool always;
    private readonly Func<string> today;

    private LlamaTemplate(bool dated, bool always, Func<string> today)
    {
        this.dated = dated;
        this.always = always;
        this.today = today;
    }

    /// <summary>Takes a template's text; null if it is none of Llama 3's, or a variant that is not known.</summary>
    public static LlamaTemplate? Recognised(string template, TimeProvider time)
    {
        bool Has(string text) => template.Contains(text, StringComparison.Ordinal);
        if (!Has("<|start_header_id|>") || !Has("<|end_header_id|>") || !Has("<|eot_id|>") || !Has("bos_token") || !Trimmed().IsMatch(template) || ForeignToken().IsMatch(template))
        {
            return null;
        }

        var dated = Has("Cutting Knowledge Date: December 2023\\n") && Has("Today Date: ");
        var day = Day().Match(template);
        if (dated ? !day.Success : Has("Cutting Knowledge Date") || Has("date_string"))
        {
            return null;
        }

        Func<string> today = Has("strftime_now(\"%d %b %Y\")")
            ? () => time.GetLocalNow().ToString("dd MMM yyyy", CultureInfo.InvariantCulture)
            : () => day.Groups["day"].Value;
        return new(dated, always: !Has("add_generation_prompt"), today);
    }

    /// <inheritdoc/>
    private protected override string Written(IReadOnlyList<ChatMessage> messages, bool open, bool thinking)
    {
        var chat = new StringBuilder(Begin);
        var system = dated && messages[0].Role == "system";
        if (dated)
        {
            Turn(chat, "system", $"Cutting Knowledge Date: December 2023\nToday Date: {today()}\n\n{(system ? Content(messages[0]) : "")}");
        }

        foreach (var message in messages.Skip(system ? 1 : 0))
        {
            Turn(chat, message.Role, Content(message));
        }

        return (open || always ? chat.Append("<|start_header_id|>assistant<|end_header_id|>\n\n") : chat).ToString();
    }

    private static string Content(ChatMessage message) => (message.Content ?? "").Trim();

    private static void Turn(StringBuilder chat, string role, string content) => chat.Append($"<|start_header_id|>{role}<|end_header_id|>\n\n{content}<|eot_id|>");

    [GeneratedRegex(@"content['""\]]*\s*\|\s*trim")]
    private static partial Regex Trimmed();

    [GeneratedRegex(@"set\s+date_string\s*=\s*""(?<day>\d\d \w{3} \d{4})""")]
    private static partial Regex Day();

    [GeneratedRegex(@"<\|(?!start_header_id\||end_header_id\||eot_id\||eom_id\||python_tag\||begin_of_text\||image\|)|<｜")]
    private static partial Regex ForeignToken();
}
