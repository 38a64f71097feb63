using System.Collections.Immutable;
using RewardServer.Grading.Completions;

namespace RewardServer.Jobs.Sets.Shapes;

/// <summary>Rows of no other set, with an answer that is a plain gold; what was asked may be missing.</summary>
/// <param name="kind">What the answer is: one of <see cref="Kinds"/>.</param>
internal sealed class Answers(string kind = "math") : ISetShape
{
    private static readonly string[] Prompts = ["problem", "Problem", "question", "Question", "input", "instruction"];

    /// <summary>What a plain gold can be.</summary>
    public static ImmutableArray<string> Kinds { get; } = ["math", "text", "number", "choice"];

    public string Name => "answers";

    public string Description => "answer, and perhaps prompt: a plain gold for each completion";

    public bool Fits(Columns columns) => Array.Exists(Mathematics.Answers, name => columns.Have(name));

    public SetRow Read(Columns columns)
    {
        var gold = Mathematics.Gold(columns) ?? throw new RowException($"has no '{columns.NameOf("answer")}'");
        return new(RowIds.Of(columns), Prompt(columns), TaskOf(gold)) { Gold = kind == "math" ? $"\\boxed{{{gold}}}" : $"<answer>{gold}</answer>" };
    }

    private static ChatText Prompt(Columns columns) => columns.Have("prompt") ? columns.Prompt("prompt")
        : Prompts.Select(name => columns.Find(name) is { } value ? JsonTexts.ChatOrNull(value) : null).FirstOrDefault(asked => asked is not null) ?? ChatText.FromText("");

    private GradingTask TaskOf(string gold) => kind switch
    {
        "text" => new TextTask(gold),
        "number" => new NumberTask(new WrittenNumbers([gold])),
        "choice" => new ChoiceTask(gold),
        _ => new MathTask(gold),
    };
}
