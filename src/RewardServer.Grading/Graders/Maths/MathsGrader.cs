using System.Collections.Immutable;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Extraction;
using RewardServer.Symbolics.Equivalence;

namespace RewardServer.Grading.Graders.Maths;

/// <summary>Scores 1 where the final answer equals the gold, or one of several, as mathematics, else 0; skipped where no gold can be read.</summary>
/// <param name="tags">The tags of the rubric, which tell the thinking from the response.</param>
/// <param name="places">Where the answer is looked for.</param>
/// <param name="options">How strict the comparison is.</param>
public sealed class MathsGrader(ThinkTags tags, AnswerPlaces places, MathOptions options)
{
    /// <summary>A grader that looks where answers are marked, and compares by the defaults.</summary>
    public MathsGrader(ThinkTags tags)
        : this(tags, AnswerPlaces.Marked, MathOptions.Default)
    {
    }

    private readonly AnswerSearch search = new(tags, places, whole: false);

    /// <summary>Grades one item.</summary>
    public Verdict Grade(Item item, MathTask task)
    {
        var answer = search.Find(item);
        var verdict = Compare(task.Golds, answer?.Text ?? "");
        var details = new MathsDetails(
            answer is null ? null : Shown.Head(answer.Text, Shown.Answer), answer?.Source, answer is null ? null : verdict.Stage, verdict.Prediction, verdict.Gold);
        return verdict.Equal is null
            ? Verdict.Skipped(verdict.Reason) with { Details = details }
            : answer is null
            ? search.None(item) with { Details = details }
            : Verdict.Scored(verdict.Equal.Value ? 1 : 0, verdict.Reason) with
            {
                Details = details,
                Signals = Signals(answer, verdict),
            };
    }

    // A gold is read even where there is no answer to compare: whether an item is skipped must depend on its task alone, or a group's mean
    // would shift with what the candidates wrote. Of several golds, those that cannot be read are passed over as long as one can.
    private MathVerdict Compare(ImmutableArray<string> golds, string answer)
    {
        var verdicts = new List<MathVerdict>();
        foreach (var gold in golds)
        {
            var verdict = MathVerifier.Verify(search.Marked(gold), answer, options);
            if (verdict.Equal == true)
            {
                return verdict;
            }

            verdicts.Add(verdict);
        }

        var unequal = verdicts.FirstOrDefault(verdict => verdict.Equal == false);
        return unequal is null ? verdicts[0] : unequal with { Signals = [.. verdicts.SelectMany(verdict => verdict.Signals).Distinct()] };
    }

    private static ImmutableArray<string> Signals(FinalAnswer answer, MathVerdict verdict) =>
        answer.Distinct > 1 ? [.. verdict.Signals, Signal.SeveralAnswerBlocks] : [.. verdict.Signals];
}
