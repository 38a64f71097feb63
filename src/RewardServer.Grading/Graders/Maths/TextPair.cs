using RewardServer.Grading.Extraction;
using RewardServer.Symbolics.Equivalence;

namespace RewardServer.Grading.Graders.Maths;

/// <summary>Compares two texts that each hold an answer somewhere, outside of any rubric.</summary>
public static class TextPair
{
    private static readonly ThinkTags Tags = new();

    /// <summary>Extracts an answer from each text and compares the two. Never throws.</summary>
    /// <param name="gold">The right answer, bare or within a text.</param>
    /// <param name="prediction">The answer to judge, bare or within a text.</param>
    /// <param name="options">How strict to be.</param>
    public static MathVerdict Verify(string gold, string prediction, MathOptions options) => Verify(gold, prediction, options, AnswerPlaces.WholeResponse);

    /// <inheritdoc cref="Verify(string, string, MathOptions)"/>
    /// <param name="gold">The right answer, bare or within a text.</param>
    /// <param name="prediction">The answer to judge, bare or within a text.</param>
    /// <param name="options">How strict to be.</param>
    /// <param name="places">Where the prediction's answer is looked for; the gold's is looked for everywhere.</param>
    public static MathVerdict Verify(string gold, string prediction, MathOptions options, AnswerPlaces places)
    {
        var response = Response.Of(prediction, opened: false, Tags);
        var answer = FinalAnswer.Find(response.Text, Tags, places);
        var verdict = MathVerifier.Verify(Gold(gold), answer?.Text ?? Whole(response.Text, places), options);
        var several = verdict.Equal is not null && answer is { Distinct: > 1 };
        var inThinking = verdict.Equal == false && answer is null or { Source: "bare-answer" }
            && response.Thinking.Length > 0 && FinalAnswer.Find(response.Thinking, Tags, AnswerPlaces.Marked) is not null;
        return several || inThinking
            ? verdict with { Signals = [.. verdict.Signals, several ? Signal.SeveralAnswerBlocks : Signal.AnswerOnlyInThinking] }
            : verdict;
    }

    private static string Gold(string text)
    {
        var response = Response.Of(text, opened: false, Tags).Text;
        return FinalAnswer.Find(response, Tags, AnswerPlaces.WholeResponse)?.Text ?? response;
    }

    // A text in which no answer can be told apart is taken as the answer itself, but not one that was cut off, nor where the places are named.
    private static string Whole(string response, AnswerPlaces places) =>
        places == AnswerPlaces.WholeResponse && !FinalAnswer.IsCutOff(response, Tags) ? VisibleText.Of(response) : string.Empty;
}
