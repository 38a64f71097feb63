using System.Buffers;
using RewardServer.Grading.Extraction.Words;

namespace RewardServer.Grading.Graders.Verification;

/// <summary>Reads the sentences of a text: up to a line break, or to a mark that ends one and is followed by white space.</summary>
/// <param name="text">The text.</param>
internal ref struct SentenceReader(ReadOnlySpan<char> text)
{
    private static readonly SearchValues<char> Ends = SearchValues.Create("\n.!?。！？");

    private readonly ReadOnlySpan<char> text = text;

    /// <summary>Where the sentence that was read last begins.</summary>
    public int Start { get; private set; }

    /// <summary>Where it ends, with its mark.</summary>
    public int End { get; private set; }

    /// <summary>Reads the next sentence; false at the end of the text.</summary>
    public bool Next()
    {
        Start = End;
        while (End < text.Length)
        {
            var found = text[End..].IndexOfAny(Ends);
            End = found < 0 ? text.Length : End + found + 1;

            // Not within "3.14".
            if (End == text.Length || text[End - 1] is not ('.' or '!' or '?') || CharKinds.Of(text[End]) == CharKind.Space)
            {
                break;
            }
        }

        return Start < End;
    }
}
