using RewardServer.Grading.Completions;
using RewardServer.Training.Problems;
using RewardServer.Training.Tokens;

namespace RewardServer.Training.Runs;

/// <summary>How a question becomes a prompt.</summary>
public sealed class PromptTemplate
{
    /// <summary>What R1-Zero's template says before the question (DeepSeek-R1, Guo et al. 2025, table 1).</summary>
    public const string Preamble =
        "A conversation between User and Assistant. The user asks a question, and the Assistant solves it. The assistant first thinks about the "
        + "reasoning process in the mind and then provides the user with the answer. The reasoning process and answer are enclosed within <think> "
        + "</think> and <answer> </answer> tags, respectively, i.e., <think> reasoning process here </think> <answer> answer here </answer>. User: ";

    /// <summary>What it says after the question.</summary>
    public const string Turn = " Assistant:";

    private readonly string name;
    private readonly Func<IReadOnlyList<ChatMessage>, string?> prompt;

    private PromptTemplate(string name, Func<IReadOnlyList<ChatMessage>, string?> prompt) => (this.name, this.prompt) = (name, prompt);

    /// <summary>The texts that small models read as one token each, or most of their time would go into the template.</summary>
    public static IReadOnlyList<string> Tags { get; } = [Preamble, Turn, "<think>", "</think>", "<answer>", "</answer>"];

    /// <summary>The tokenizer of a small model: the characters that its problems need, and the template's texts.</summary>
    public static CharacterTokenizer Characters(params ReadOnlySpan<ProblemMix> problems)
    {
        var kinds = new List<IProblemKind>();
        foreach (var mix in problems)
        {
            kinds.AddRange(mix.Kinds);
        }

        return new(string.Concat(kinds.SelectMany(kind => kind.Alphabet).Distinct().Order()), Tags);
    }

    /// <summary>A template by its name.</summary>
    /// <param name="name"><c>r1-zero</c>, <c>plain</c> (the question alone), or <c>chat</c>: the checkpoint's own.</param>
    /// <param name="checkpoint">Folder of the checkpoint; needed for its own template.</param>
    /// <param name="system">What a message of the system says before chats that begin without one; null for nothing. Only <c>chat</c> has a place for it.</param>
    /// <exception cref="ArgumentException">There is none of that name, or no checkpoint; or the template has no place for the system's message.</exception>
    public static PromptTemplate Named(string name, string? checkpoint, string? system = null) => name switch
    {
        not "chat" when system is not null => throw new ArgumentException($"the template '{name}' has no place for a message of the system (system)", nameof(name)),
        "r1-zero" => new(name, messages => Question(messages) is { } question ? Preamble + question + Turn : null),
        "plain" => new(name, Question),
        "chat" when checkpoint is not null => Chat(ChatTemplate.Read(checkpoint), system),
        "chat" => throw new ArgumentException("the template 'chat' is a checkpoint's, and the recipe has no model.path", nameof(name)),
        _ => throw new ArgumentException($"there is no template '{name}'; there are: r1-zero, plain, chat", nameof(name)),
    };

    /// <summary>The prompt of a question.</summary>
    public string Of(string question) => Of([new ChatMessage("user", question)]);

    /// <summary>The prompt of a chat.</summary>
    /// <exception cref="ArgumentException">The template has no place for these messages.</exception>
    public string Of(IReadOnlyList<ChatMessage> messages) =>
        prompt(messages) ?? throw new ArgumentException($"the template '{name}' takes one message of the user before the answer");

    private static string? Question(IReadOnlyList<ChatMessage> messages) => messages is [{ Role: "user", Content: { } question }] ? question : null;

    private static PromptTemplate Chat(ChatTemplate template, string? system) => new("chat", messages =>
        template.Render(system is null || messages is [{ Role: "system" }, ..] ? messages : [new("system", system), .. messages]));
}
