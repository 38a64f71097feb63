namespace RewardServer.Grading.Extraction;

/// <summary>The answer that a response settles on.</summary>
/// <param name="Text">The answer as it was written.</param>
/// <param name="Source">
/// Where it stood: "boxed", "hash" (after <c>####</c>), "answer-tag", "phrase", "bare-answer", "environment" or "last-number".
/// </param>
/// <param name="Distinct">How many different answers stood there in the same form: more than 1 is a hedge.</param>
public sealed record FinalAnswer(string Text, string Source, int Distinct)
{
    /// <summary>
    /// Looks for the last box, else the text after <c>####</c>, else the content of the answer tags.
    /// Where there are answer tags, boxes and <c>####</c> inside them count before those outside.
    /// </summary>
    /// <returns>The answer; null where there is none.</returns>
    public static FinalAnswer? Find(string response, ThinkTags tags) => Find(response, tags, AnswerPlaces.Marked);

    /// <summary>
    /// Looks for the answer in the places given, in their order. Where there are answer tags, only boxes count outside of them too, after
    /// those inside. Linear in the text.
    /// </summary>
    /// <returns>The answer; null where there is none.</returns>
    public static FinalAnswer? Find(string response, ThinkTags tags, AnswerPlaces places) => Find(response, tags, places, whole: false);

    /// <inheritdoc cref="Find(string, ThinkTags, AnswerPlaces)"/>
    /// <param name="response">What follows the thinking.</param>
    /// <param name="tags">The tags of the rubric.</param>
    /// <param name="places">The places in their order.</param>
    /// <param name="whole">Whether a sentence between answer tags is the answer itself, and not only what is mathematics or a number in it.</param>
    public static FinalAnswer? Find(string response, ThinkTags tags, AnswerPlaces places, bool whole)
    {
        var text = NextProblem.Cut(VisibleText.Of(response));
        var tagged = AnswerTag.Last(text, tags);
        foreach (var place in places.Order)
        {
            if (In(place, text, tagged, whole) is { } answer && !(IsLoose(place) && IsCutOff(text, tags)))
            {
                return answer;
            }
        }

        return null;
    }

    /// <summary>Whether a response was cut off in its answer: what stands before that is not what it settles on.</summary>
    public static bool IsCutOff(string response, ThinkTags tags) => AnswerTag.IsCutOff(response, tags) || BoxedAnswer.IsCutOff(response);

    private static bool IsLoose(AnswerPlace place) => place is not (AnswerPlace.Boxed or AnswerPlace.Hash or AnswerPlace.AnswerTag);

    private static FinalAnswer? In(AnswerPlace place, string response, string? tagged, bool whole)
    {
        var text = tagged ?? response;
        return place switch
        {
            AnswerPlace.Boxed => Boxed(text) ?? (tagged is null ? null : Boxed(response)),
            AnswerPlace.Hash => Once(HashLine.Last(text), "hash"),
            AnswerPlace.AnswerTag => Once(tagged is null ? null : whole ? tagged.Trim() : LooseAnswer.Settled(tagged.Trim()), "answer-tag"),
            AnswerPlace.Phrase => Once(AnswerPhrase.Last(text), "phrase"),
            AnswerPlace.BareAnswer => Once(LooseAnswer.Bare(text), "bare-answer"),
            AnswerPlace.Environment => Once(MathsEnvironment.Last(text), "environment"),
            _ => Once(LooseAnswer.LastNumber(text), "last-number"),
        };
    }

    private static FinalAnswer? Once(string? answer, string source) => answer is null ? null : new(answer, source, 1);

    private static FinalAnswer? Boxed(string text)
    {
        var boxes = BoxedAnswer.Outermost(text).Where(box => !Clause.Denies(text, box.Start, box.End)).ToList();
        return boxes.Count == 0
            ? null
            : new(MarkedAnswer.LastTogether(text, boxes).Trim() + Alternatives.After(text, boxes[^1].End), "boxed", boxes.Select(box => box.Text.Trim()).Distinct(StringComparer.Ordinal).Count());
    }
}
