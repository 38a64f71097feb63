namespace RewardServer.Grading.Extraction;

/// <summary>The answer that a response settles on.</summary>
/// <param name="Text">The answer as it was written.</param>
/// <param name="Source">Where it stood: "boxed", "answer-tag" or "hash" (after <c>####</c>).</param>
/// <param name="Distinct">How many different answers stood there in the same form: more than 1 is a hedge.</param>
public sealed record FinalAnswer(string Text, string Source, int Distinct)
{
    private const string Hash = "####";

    /// <summary>
    /// Looks for the last box, else the content of the answer tags, else the text after <c>####</c>.
    /// Where there are answer tags, boxes and <c>####</c> inside them count before those outside.
    /// </summary>
    /// <returns>The answer; null where there is none.</returns>
    public static FinalAnswer? Find(string response, ThinkTags tags)
    {
        if (AnswerTag.Last(response, tags) is not { } tagged)
        {
            return Boxed(response) ?? Hashed(response);
        }

        return Boxed(tagged) ?? Boxed(response) ?? Hashed(tagged) ?? new(tagged.Trim(), "answer-tag", 1);
    }

    private static FinalAnswer? Boxed(string text)
    {
        var boxes = BoxedAnswer.All(text);
        return boxes.Count == 0
            ? null
            : new(boxes[^1].Trim(), "boxed", boxes.Select(box => box.Trim()).Distinct(StringComparer.Ordinal).Count());
    }

    private static FinalAnswer? Hashed(string text)
    {
        var at = text.LastIndexOf(Hash, StringComparison.Ordinal);
        if (at < 0)
        {
            return null;
        }

        var rest = text[(at + Hash.Length)..].Trim();
        var end = rest.IndexOf('\n', StringComparison.Ordinal);
        return new((end < 0 ? rest : rest[..end]).Trim(), "hash", 1);
    }
}
