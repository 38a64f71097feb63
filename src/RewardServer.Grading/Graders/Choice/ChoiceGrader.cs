using System.Collections.Immutable;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Extraction;

namespace RewardServer.Grading.Graders.Choice;

/// <summary>Scores 1 where the answer names the right choice and no other, or all right ones and no more, else 0; skipped where no gold is one of the choices.</summary>
/// <param name="tags">The tags of the rubric, which tell the thinking from the response.</param>
/// <param name="places">Where the answer is looked for.</param>
internal sealed class ChoiceGrader(ThinkTags tags, AnswerPlaces places)
{
    private readonly ChoiceSearch search = new(tags, places);

    /// <summary>Grades one item.</summary>
    public Verdict Grade(Item item, ChoiceTask task)
    {
        if (ChoiceLabels.Of(task, out var fault) is not { } labels)
        {
            return Verdict.Skipped(fault!);
        }

        var golds = Golds(task, labels);
        if (golds.IsEmpty)
        {
            return Verdict.Skipped($"the gold answer is none of the choices (task.{(task.Answers is null ? "answer" : "answers")})");
        }

        if (labels.TwinOf(golds.SelectMany(gold => gold).ToHashSet(StringComparer.Ordinal)) is { } twin)
        {
            return Verdict.Skipped($"the choice {Shown.Head(twin, 20)} has the text of a right one, and is none (task.choices)");
        }

        var (response, reader) = (Response.Of(item, tags), new ChoiceReader(labels));
        var shown = golds.Select(gold => string.Join(", ", gold));
        var found = search.Find(response.Text, reader);
        var isCutOff = found is not null && !CutOffText.Keeps(item, response.Text, found.Answer, text => search.Find(text, reader)?.Answer);
        if (found is null || isCutOff)
        {
            var none = isCutOff ? AnswerSearch.WasCutOff : search.Find(response.Thinking, reader) is null ? AnswerSearch.None(marked: false) : AnswerSearch.OnlyInThinking;
            return none with { Details = AnswerDetails.Of(null, null, null, shown) };
        }

        var right = !found.Reading.Open && golds.Any(gold => gold.SetEquals(found.Reading.Labels));
        return Verdict.Scored(right ? 1 : 0, right ? "the answer is the right choice" : Reason(found.Reading, labels)) with
        {
            Details = AnswerDetails.Of(found.Answer.Text, found.Answer.Source, found.Reading.Labels.IsEmpty ? null : string.Join(", ", found.Reading.Labels), shown),
            Signals =
            [
                .. found.Reading.Open || (!right && Offers(found.Reading, golds)) ? [Signal.HedgedAnswer] : Array.Empty<string>(),
                .. found.Answer.Distinct > 1 ? [Signal.SeveralAnswerBlocks] : Array.Empty<string>(),
            ],
        };
    }

    // Golds that are no choice are passed over, as long as one is.
    private static ImmutableArray<ImmutableSortedSet<string>> Golds(ChoiceTask task, ChoiceLabels labels)
    {
        var golds = ImmutableArray.CreateBuilder<ImmutableSortedSet<string>>();
        foreach (var gold in task.Golds)
        {
            var named = gold.Texts.Select(labels.OfGold).OfType<string>().ToArray();
            if (named.Length == gold.Texts.Length)
            {
                golds.Add(ImmutableSortedSet.Create(StringComparer.Ordinal, named));
            }
        }

        return golds.ToImmutable();
    }

    // More choices than any gold has.
    private static bool Offers(ChoiceReading reading, ImmutableArray<ImmutableSortedSet<string>> golds) =>
        reading.Labels.Length > golds.Max(gold => gold.Count) || (reading.Labels.Length > 1 && golds.Any(gold => gold.IsProperSubsetOf(reading.Labels)));

    private static string Reason(ChoiceReading reading, ChoiceLabels labels) => reading switch
    {
        { Labels.IsEmpty: true } => "the answer names no choice",
        { Open: true } => "the answer leaves open which choice is meant",
        _ when reading.Labels.FirstOrDefault(label => !labels.IsChoice(label)) is { } other => $"{Shown.Head(other, 20)} is none of the choices",
        _ => "the answer is another choice",
    };
}
