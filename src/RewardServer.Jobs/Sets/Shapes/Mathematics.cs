using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Extraction;

namespace RewardServer.Jobs.Sets.Shapes;

/// <summary>
/// Problems with mathematical answers: MATH (Hendrycks et al. 2021, arXiv:2103.03874; the gold is what the last boxes of <c>solution</c> say together), MATH-500, AIME and their like
/// (the gold is <c>answer</c>).
/// </summary>
internal sealed class Mathematics : ISetShape
{
    private static readonly ThinkTags Tags = new();

    private static readonly AnswerPlaces Places = new([AnswerPlace.Boxed]);

    // "(Either point is an acceptable answer.)", "Note: $\boxed{3}$ is also accepted as an answer."
    private static readonly Regex Each = new(@"\b(either [^.\n]{0,60}\bis|is also) (an? )?(acceptable|accepted|correct)\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking);

    private static readonly string[] Questions = ["problem", "Problem", "question", "Question"];

    /// <summary>How sets call the column of the gold.</summary>
    public static string[] Answers { get; } = ["answer", "Answer", "expected_answer", "final_answer", "gold", "target", "ground_truth"];

    public string Name => "math";

    public string Description => "problem or question, and answer, or solution with its last boxes (MATH, MATH-500, AIME)";

    public bool Fits(Columns columns) =>
        Array.Exists(Questions, name => columns.Have(name)) && (Array.Exists(Answers, name => columns.Have(name)) || columns.Have("solution") || columns.Have("Solution"));

    public SetRow Read(Columns columns)
    {
        var question = columns.TextOrNull(Questions) ?? throw new RowException("has neither 'problem' nor 'question'");
        if (Gold(columns) is { Length: > 0 } given)
        {
            return new(RowIds.Of(columns), question, new MathTask(given)) { Gold = Boxed(given) };
        }

        var golds = Boxes(columns.TextOrNull("solution", "Solution") ?? "");
        return golds.IsEmpty ? throw new RowException("has neither an 'answer' nor a box in its 'solution'")
            : new(RowIds.Of(columns), question, golds.Length == 1 ? new MathTask(golds[0]) : new MathTask { Answers = new(golds) }) { Gold = Boxed(golds[0]) };
    }

    // What a solution settles on, as a completion's boxes are read: several that are given together are one answer. Where it says that each will do, each does.
    private static ImmutableArray<string> Boxes(string solution)
    {
        var boxes = BoxedAnswer.All(solution);
        if (boxes.Count == 0)
        {
            return [];
        }

        var settled = FinalAnswer.Find(solution, Tags, Places)?.Text ?? boxes[^1];
        return Each.IsMatch(solution) ? [.. boxes.Append(settled).Distinct(StringComparer.Ordinal)] : [settled];
    }

    private static string Boxed(string gold) => $"\\boxed{{{gold}}}";

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
