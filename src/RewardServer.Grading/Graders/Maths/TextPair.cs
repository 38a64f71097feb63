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
    public static MathVerdict Verify(string gold, string prediction, MathOptions options) =>
        MathVerifier.Verify(Answer(gold), Answer(prediction), options);

    // A text in which no answer can be told apart is taken as the answer itself.
    private static string Answer(string text)
    {
        var response = Response.Of(text, opened: false, Tags).Text;
        return FinalAnswer.Find(response, Tags, AnswerPlaces.WholeResponse)?.Text ?? response;
    }
}
