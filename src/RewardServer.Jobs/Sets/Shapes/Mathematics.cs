using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Extraction;

namespace RewardServer.Jobs.Sets.Shapes;

/// <summary>
/// Problems with mathematical answers: MATH (Hendrycks et al. 2021, arXiv:2103.03874; the gold is the last box of <c>solution</c>), MATH-500, AIME and their like
/// (the gold is <c>answer</c>).
/// </summary>
internal sealed class Mathematics : ISetShape
{
    private static readonly string[] Questions = ["problem", "Problem", "question", "Question"];

    /// <summary>How sets call the column of the gold.</summary>
    public static string[] Answers { get; } = ["answer", "Answer", "expected_answer", "final_answer", "gold", "target", "ground_truth"];

    public string Name => "math";

    public string Description => "problem or question, and answer, or solution with its last box (MATH, MATH-500, AIME)";

    public bool Fits(Columns columns) =>
        Array.Exists(Questions, name => columns.Have(name)) && (Array.Exists(Answers, name => columns.Have(name)) || columns.Have("solution") || columns.Have("Solution"));

    public SetRow Read(Columns columns)
    {
        var question = columns.TextOrNull(Questions) ?? throw new RowException("has neither 'problem' nor 'question'");
        var gold = Gold(columns) is { Length: > 0 } given ? given
            : BoxedAnswer.All(columns.TextOrNull("solution", "Solution") ?? "") is [.., var last] ? last
            : throw new RowException("has neither an 'answer' nor a box in its 'solution'");
        return new(RowIds.Of(columns), question, new MathTask(gold)) { Gold = $"\\boxed{{{gold}}}" };
    }

    /// <summary>The gold of a row; null where it has none.</summary>
    /// <exception cref="RowException">It is neither a text nor a number, nor a list of one.</exception>
    public static string? Gold(Columns columns)
    {
        if (Array.Find(Answers, name => columns.Have(name)) is not { } name)
        {
            return null;
        }

        var value = columns.Find(name)!.Value;
        return value.ValueKind != JsonValueKind.Array ? columns.TextOrNull(name)
            : value.GetArrayLength() == 1 && value[0].ValueKind == JsonValueKind.String ? JsonTexts.Of(value[0])
            : throw new RowException($"has a list '{columns.NameOf(name)}' that is not of one text: whether one of them will do, or all are asked for, it does not tell");
    }
}
