using RewardServer.Grading.Completions;

namespace RewardServer.Training.Tokens;

/// <summary>
/// The chat format of a checkpoint: ChatML, as Qwen's models have it, or Llama 3's. Which of their variants it is, is told by the text of the
/// template; any other is refused, for no template is run. What messages say is written as it is: who writes a format's own tokens into a
/// message writes turns.
/// </summary>
public abstract class ChatTemplate
{
    /// <summary>The file that newer checkpoints keep the template in.</summary>
    internal const string FileName = "chat_template.jinja";

    private protected ChatTemplate()
    {
    }

    /// <summary>Reads the template of a checkpoint: <c>chat_template.jinja</c>, or <c>chat_template</c> in <c>tokenizer_config.json</c>.</summary>
    /// <param name="folder">The checkpoint's.</param>
    /// <param name="time">Whose day a template writes that asks for today's (Llama 3.2); null for the system's.</param>
    /// <exception cref="FileNotFoundException">There is neither.</exception>
    /// <exception cref="InvalidDataException">It is neither ChatML nor Llama 3's, or a variant that is not known.</exception>
    public static ChatTemplate Read(string folder, TimeProvider? time = null)
    {
        var path = Path.Combine(folder, FileName);
        if (File.Exists(path))
        {
            return Of(File.ReadAllText(path), FileName, time);
        }

        using var file = JsonFile.Open(folder, TokenizerFiles.Configuration);
        var place = file.Root.Member("chat_template");
        return place.IsThere ? Of(place.String(), place.Path, time) : throw new FileNotFoundException($"{folder} has no {FileName}, and {place.Path} is missing");
    }

    /// <summary>Recognises a template by its text.</summary>
    /// <param name="template">In Jinja.</param>
    /// <param name="name">Where it stands, for messages.</param>
    /// <param name="time">Whose day a template writes that asks for today's; null for the system's.</param>
    /// <exception cref="InvalidDataException">It is neither ChatML nor Llama 3's, or a variant that is not known.</exception>
    public static ChatTemplate Of(string template, string name = "chat_template", TimeProvider? time = null) =>
        ChatMlTemplate.Recognised(template)
        ?? (ChatTemplate?)LlamaTemplate.Recognised(template, time ?? TimeProvider.System)
        ?? throw new InvalidDataException($"{name}: is neither ChatML (Qwen) nor Llama 3's chat format, nor a known variant of the two; others are not supported");

    /// <summary>Writes a chat.</summary>
    /// <param name="messages">In order, from "system", "user" and "assistant".</param>
    /// <param name="open">Whether a turn of the assistant is begun at the end, for a policy to go on with (<c>add_generation_prompt</c>).</param>
    /// <param name="thinking">Whether the policy is to think; where false, Qwen3's template begins the answer with an empty thinking (<c>enable_thinking</c>). Other templates have no such choice.</param>
    /// <exception cref="ArgumentException">There is no message, or the role of one is another; the message names its place.</exception>
    public string Render(IReadOnlyList<ChatMessage> messages, bool open = true, bool thinking = true)
    {
        if (messages.Count == 0)
        {
            throw new ArgumentException("A chat needs a message.", nameof(messages));
        }

        for (var i = 0; i < messages.Count; i++)
        {
            if (messages[i].Role is not ("system" or "user" or "assistant"))
            {
                throw new ArgumentException($"messages[{i}].role is \"{messages[i].Role}\"; system, user and assistant are supported.", nameof(messages));
            }
        }

        return Written(messages, open, thinking);
    }

    private protected abstract string Written(IReadOnlyList<ChatMessage> messages, bool open, bool thinking);
}
