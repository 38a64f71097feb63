using System.Collections.Immutable;
using System.Text.RegularExpressions;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Extraction;

namespace RewardServer.Grading.Graders.Texts;

/// <summary>Scores 1 where the answer is the gold's text, or one of theirs, in the form in which the task has them compared, else 0.</summary>
/// <param name="tags">The tags of the rubric, which tell the thinking from the response.</param>
/// <param name="places">Where the answer is looked for.</param>
/// <param name="form">The form, where the task is silent.</param>
internal sealed class TextGrader(ThinkTags tags, AnswerPlaces places, TextForm form)
{
    private const int LongestCompared = 2 * TextTask.LongestAnswer;

    private static readonly Regex Or = new(
        @"\b(or|either|oder|ou|или)\b|或者?|[/;|]", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture);

    private readonly AnswerSearch search = new(tags, places, whole: true);

    /// <summary>Grades one item.</summary>
    public Verdict Grade(Item item, TextTask task)
    {
        var chosen = task.Normalise ?? form;
        var golds = task.Golds.Select(gold => TextNormalisation.Of(gold, chosen)).Where(gold => gold.Length > 0).Distinct(StringComparer.Ordinal).ToImmutableArray();
        if (golds.IsEmpty)
        {
            return Verdict.Skipped($"the gold answer is empty (task.{(task.Answers is null ? "answer" : "answers")})");
        }

        if (search.Find(item) is not { } answer)
        {
            return search.None(item) with { Details = AnswerDetails.Of(null, null, null, golds) };
        }

        var (equal, prediction) = Compare(answer.Text, golds, chosen);
        return Verdict.Scored(equal ? 1 : 0, Reason(equal, prediction, chosen)) with
        {
            Details = AnswerDetails.Of(answer.Text, answer.Source, prediction, golds),
            Signals = Signals(answer, equal, prediction is null ? [] : golds, chosen),
        };
    }

    // What stands around an answer is no part of it, unless the gold has it, too.
    private static (bool Equal, string? Prediction) Compare(string answer, ImmutableArray<string> golds, TextForm form)
    {
        if (answer.Length > LongestCompared)
        {
            return (false, null);
        }

        var (written, bare) = (TextNormalisation.Of(answer, form), TextNormalisation.Of(Presentation.Unwrap(answer), form));
        return golds.Contains(written, StringComparer.Ordinal) ? (true, written) : (golds.Contains(bare, StringComparer.Ordinal), bare);
    }

    private static string Reason(bool equal, string? prediction, TextForm form) =>
        prediction is null ? $"the answer has over {LongestCompared} characters, and is not compared"
        : !equal ? "the texts differ"
        : form == TextForm.Words ? "both are the same words" : "both are the same text";

    private static ImmutableArray<string> Signals(FinalAnswer answer, bool equal, ImmutableArray<string> golds, TextForm form)
    {
        var hedged = !equal && golds.Length > 0 && Or.Split(answer.Text) is { Length: > 1 } pieces
            && pieces.Any(piece => golds.Contains(TextNormalisation.Of(Presentation.Unwrap(piece), form), StringComparer.Ordinal));
        return [.. hedged ? [Signal.HedgedAnswer] : Array.Empty<string>(), .. answer.Distinct > 1 ? [Signal.SeveralAnswerBlocks] : Array.Empty<string>()];
    }
}
