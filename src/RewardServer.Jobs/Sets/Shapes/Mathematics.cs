using RewardServer.Grading.Completions;
using RewardServer.Grading.Extraction;

namespace RewardServer.Jobs.Sets.Shapes;

/// <summary>
/// Problems with mathematical answers: MATH (Hendrycks et al. 2021, arXiv:2103.03874; the gold is the last box of <c>solution</c>), MATH-500, AIME, OpenR1-Math and their like
/// (the gold is <c>answer</c>).
/// </summary>
internal sealed class Mathematics : ISetShape
{
    private static readonly string[] Answers = ["answer", "Answer", "expected_answer", "final_answer", "gold", "target", "ground_truth"];

    public string Name => "math";

    public string Description => "problem or question, and answer, or solution with its last box (MATH, MATH-500, AIME, OpenR1-Math)";

    public bool Fits(Columns columns) => Question(columns) is not null && (Array.Exists(Answers, name => columns.Have(name)) || columns.Have("solution") || columns.Have("Solution"));

    public SetRow Read(Columns columns)
    {
        var question = Question(columns) ?? throw new RowException("has neither 'problem' nor 'question'");
        var solution = columns.TextOrNull("solution", "Solution");
        var gold = columns.TextOrNull(Answers) is { Length: > 0 } given ? given
            : BoxedAnswer.All(solution ?? "") is [.., var last] ? last
            : throw new RowException("has neither an 'answer' nor a box in its 'solution'");
        return new(columns.TextOrNull("unique_id", "uuid", "id", "ID", "problem_id"), question, new MathTask(gold)) { Gold = $"\\boxed{{{gold}}}" };
    }

    private static string? Question(Columns columns) => columns.TextOrNull("problem", "Problem", "question");
}
