using RewardServer.Symbolics.Equivalence;

namespace RewardServer.Grading.Graders.Maths;

/// <summary>Compares two texts that each hold an answer somewhere, outside of any rubric.</summary>
public static class TextPair
{
    /// <summary>Extracts an answer from each text and compares the two. Never throws.</summary>
    /// <param name="gold">The right answer, bare or within a text.</param>
    /// <param name="prediction">The answer to judge, bare or within a text.</param>
    /// <param name="options">How strict to be.</param>
    public static MathVerdict Verify(string gold, string prediction, MathOptions options) =>
        MathVerifier.Verify(gold, prediction, options);
}
