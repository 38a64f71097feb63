using RewardServer.Grading.Completions;

namespace RewardServer.Grading.Extraction;

/// <summary>
/// Tells whether the answer of a completion that its length limit cut off is the answer: one that would be another if the text went on
/// may be a part of it, as "The answer is 12" is of "The answer is 1234".
/// </summary>
internal static class CutOffText
{
    // Goes on with a number, a word and a line alike, and after a full stop with a decimal; or with the next word, which may be another answer.
    private static readonly string[] More = ["7", " 7"];

    /// <summary>Whether what was found in a response stands, whatever would have followed; always where it was not cut off.</summary>
    /// <param name="item">The item.</param>
    /// <param name="response">Where it was found.</param>
    /// <param name="found">What was found.</param>
    /// <param name="find">Looks for it in a text.</param>
    public static bool Keeps<T>(Item item, string response, T found, Func<string, T?> find) =>
        !item.Truncated || Array.TrueForAll(More, more => EqualityComparer<T>.Default.Equals(found, find(response + more)));
}
