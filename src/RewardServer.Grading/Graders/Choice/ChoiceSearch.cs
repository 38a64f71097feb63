using RewardServer.Grading.Extraction;

namespace RewardServer.Grading.Graders.Choice;

/// <summary>The answer to a question with choices, and where it stood.</summary>
/// <param name="Answer">The answer.</param>
/// <param name="Reading">What it names.</param>
internal sealed record FoundChoice(FinalAnswer Answer, ChoiceReading Reading);

/// <summary>
/// Looks for a choice: where answers are marked; where the rubric names no other places, also after "the answer is" and its like, and in
/// the last lines, as far as they are choices and no more.
/// </summary>
/// <param name="tags">The tags of the rubric.</param>
/// <param name="places">Where the answer is looked for.</param>
internal sealed class ChoiceSearch(ThinkTags tags, AnswerPlaces places)
{
    private const string LineSource = "choice-line";
    private const int MostLines = 30;

    private static readonly AnswerPlaces Phrase = new([AnswerPlace.Phrase]);

    /// <summary>Whether answers are looked for only where they are marked, and where choices usually stand.</summary>
    public bool IsDefault { get; } = places == AnswerPlaces.Marked;

    /// <summary>The choice that a response settles on; null where there is none.</summary>
    public FoundChoice? Find(string response, ChoiceReader reader)
    {
        if (FinalAnswer.Find(IsDefault ? response : ChoicePhrase.Rewrite(response), tags, places, whole: true) is { } marked)
        {
            return new(marked, reader.Read(marked.Text));
        }

        return IsDefault && !FinalAnswer.IsCutOff(response, tags) ? Said(response, reader) ?? LastLines(response, reader) : null;
    }

    private FoundChoice? Said(string response, ChoiceReader reader) =>
        FinalAnswer.Find(ChoicePhrase.Rewrite(response), tags, Phrase, whole: true) is { } said && reader.Read(said.Text) is { Labels.IsEmpty: false } reading
            ? new(said, reading) : null;

    // The question's choices said again are no choice: they name all.
    private static FoundChoice? LastLines(string response, ChoiceReader reader)
    {
        var lines = VisibleText.Of(response).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var (labels, texts, open) = (new List<string>(), new List<string>(), false);
        for (var at = lines.Length - 1; at >= 0 && texts.Count < MostLines && reader.OfLine(lines[at]) is { Labels.IsEmpty: false } line; at--)
        {
            labels.InsertRange(0, line.Labels);
            texts.Insert(0, lines[at]);
            open |= line.Open;
        }

        return texts.Count == 0 ? null : new(new(string.Join('\n', texts), LineSource, 1), ChoiceReading.Of(labels, open));
    }
}
