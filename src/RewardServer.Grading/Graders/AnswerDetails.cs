namespace RewardServer.Grading.Graders;

/// <summary>What a person needs to see why an answer that is no mathematics was right or wrong; each text is cut where it is long.</summary>
/// <param name="Extracted">The answer as it stood in the completion; null where none was found.</param>
/// <param name="Source">Where it stood: "boxed", "answer-tag", "hash", "phrase", …; null where none was found.</param>
/// <param name="Prediction">The answer in the form in which it was compared; null where it has none.</param>
/// <param name="Gold">The gold in that form, or the golds with " | " between them; null where a pattern or a schema decides.</param>
public sealed record AnswerDetails(string? Extracted, string? Source, string? Prediction, string? Gold)
{
    /// <summary>The details of an answer, cut to what details show.</summary>
    internal static AnswerDetails Of(string? extracted, string? source, string? prediction, IEnumerable<string> golds) => new(
        Cut(extracted), source, Cut(prediction), Cut(string.Join(" | ", golds) is { Length: > 0 } gold ? gold : null));

    private static string? Cut(string? text) => text is null ? null : Shown.Head(text, Shown.Answer);
}
