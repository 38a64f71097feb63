using RewardServer.Grading.Extraction.Words;

namespace RewardServer.Grading.Graders.Verification;

/// <summary>
/// The hash of what a sentence states: its words, numbers and signs of arithmetic, without case, punctuation, and the words that only
/// announce a check or join it to what came before.
/// </summary>
internal static class StatementHash
{
    /// <summary>The hash; null where the sentence states nothing.</summary>
    /// <param name="sentence">In lower case.</param>
    public static ulong? Of(ReadOnlySpan<char> sentence)
    {
        var reader = new PhraseReader(sentence, VerificationPhrases.Empty);
        var (start, hash) = (0, (ulong?)null);
        while (reader.Next() is not null)
        {
            hash = With(hash, sentence[start..reader.Start]);
            start = reader.End;
        }

        return With(hash, sentence[start..]);
    }

    private static ulong? With(ulong? hash, ReadOnlySpan<char> text)
    {
        for (var at = 0; at < text.Length;)
        {
            var end = at + 1;
            if (CharKinds.Of(text[at]) >= CharKind.Letter)
            {
                end = Phrase.WordEnd(text, at);
                hash = WordHash.Join(hash ?? 0, WordHash.Of(text[at..end]));
            }
            else if (hash is not null && IsOperator(text[at]))
            {
                hash = WordHash.Join(hash.Value, text[at]);
            }

            at = end;
        }

        return hash;
    }

    // No asterisk, which most often makes bold.
    private static bool IsOperator(char unit) => unit is '+' or '-' or '−' or '/' or '=' or '≠' or '<' or '>' or '≤' or '≥' or '^' or '×' or '÷' or '·';
}
