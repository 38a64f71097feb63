using RewardServer.Grading.Completions;
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

    private readonly Func<string, string> prompt;

    private PromptTemplate(Func<string, string> prompt) => this.prompt = prompt;

    /// <summary>The texts that small models read as one token each, or most of their time would go into the template.</summary>
    public static IReadOnlyList<string> Tags { get; } = [Preamble, Turn, "<think>", "</think>", "<answer>", "</answer>"];

    /// <summary>The tokenizer of a small model: the characters that its problems need, and the template's texts.</summary>
    public static CharacterTokenizer Characters(ProblemMix problems) =>
        new(string.Concat(problems.Kinds.SelectMany(kind => kind.Alphabet).Distinct().Order()), Tags);

    /// <summary>A template by its name.</summary>
    /// <param name="name"><c>r1-zero</c>, <c>plain</c> (the question alone), or <c>chat</c>: the checkpoint's own.</param>
    /// <param name="checkpoint">Folder of the checkpoint; needed for its own template.</param>
    /// <exception cref="ArgumentException">There is none of that name, or no checkpoint.</exception>
    public static PromptTemplate Named(string name, string? checkpoint) => name switch
    {
        "r1-zero" => new(question => Preamble + question + Turn),
        "plain" => new(question => question),
        "chat" when checkpoint is not null => Chat(ChatTemplate.Read(checkpoint)),
        "chat" => throw new ArgumentException("the template 'chat' is a checkpoint's, and the recipe has no model.path", nameof(name)),
        _ => throw new ArgumentException($"there is no template '{name}'; there are: r1-zero, plain, chat", nameof(name)),
    };

    /// <summary>The prompt of a question.</summary>
    public string Of(string question) => prompt(question);

    private static PromptTemplate Chat(ChatTemplate template) => new(question => template.Render([new ChatMessage("user", question)]));
}
