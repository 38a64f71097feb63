using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Extraction;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Symbolics.Equivalence;

namespace RewardServer.Grading.Graders.Maths;

/// <summary>Scores 1 where the final answer equals the gold, or one of several, as mathematics, else 0; skipped where no gold can be read.</summary>
/// <param name="tags">The tags of the rubric, which tell the thinking from the response.</param>
/// <param name="places">Where the answer is looked for.</param>
/// <param name="options">How strict the comparison is.</param>
public sealed class MathsGrader(ThinkTags tags, AnswerPlaces places, MathOptions options)
{
    private readonly AnswerSearch search = new(tags, places, whole: false);

    // Of what the comparison depends on apart from the two texts.
    private readonly byte[] settings = JsonSerializer.SerializeToUtf8Bytes(new { options, tags });

    /// <summary>A grader that looks where answers are marked, and compares by the defaults.</summary>
    public MathsGrader(ThinkTags tags)
        : this(tags, AnswerPlaces.Marked, MathOptions.Default)
    {
    }

    /// <summary>What compares the same answer with the same gold once; each time anew where silent.</summary>
    public Deduplication? Deduplication { get; init; }

    /// <summary>Grades one item.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async ValueTask<Verdict> GradeAsync(Item item, MathTask task, CancellationToken cancellation)
    {
        var answer = search.Find(item);
        var verdict = await CompareAsync(task.Golds, answer?.Text ?? "", item.Anew, cancellation).ConfigureAwait(false);
        var shown = answer ?? search.CutOff(item);
        var details = new MathsDetails(
            shown is null ? null : Shown.Head(shown.Text, Shown.Answer), shown?.Source, answer is null ? null : verdict.Stage, verdict.Prediction, verdict.Gold);
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
    private async ValueTask<MathVerdict> CompareAsync(ImmutableArray<string> golds, string answer, bool anew, CancellationToken cancellation)
    {
        var verdicts = new List<MathVerdict>();
        foreach (var gold in golds)
        {
            var verdict = await CompareAsync(gold, answer, anew, cancellation).ConfigureAwait(false);
            if (verdict.Equal == true)
            {
                return verdict;
            }

            verdicts.Add(verdict);
        }

        var unequal = verdicts.Find(verdict => verdict.Equal == false);
        return unequal is null || verdicts.Count == 1 ? verdicts[0] : unequal with { Signals = [.. verdicts.SelectMany(verdict => verdict.Signals).Distinct()] };
    }

    private ValueTask<MathVerdict> CompareAsync(string gold, string prediction, bool anew, CancellationToken cancellation)
    {
        ValueTask<MathVerdict> Compare() => new(MathVerifier.Verify(search.Marked(gold), prediction, options));
        return Deduplication is null || anew ? Compare() : Deduplication.OfAsync(
            "math",
            ContentKey.Of([Bytes(gold), Bytes(prediction), settings]),
            Compare,
            _ => 1024 + (4L * (gold.Length + prediction.Length)),
            cancellation);
    }

    private static byte[] Bytes(string text) => MemoryMarshal.AsBytes(text.AsSpan()).ToArray();

    private static ImmutableArray<string> Signals(FinalAnswer answer, MathVerdict verdict) =>
        answer.Distinct > 1 ? [.. verdict.Signals, Signal.SeveralAnswerBlocks] : [.. verdict.Signals];
}
