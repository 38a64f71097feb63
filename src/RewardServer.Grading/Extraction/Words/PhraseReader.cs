namespace RewardServer.Grading.Extraction.Words;

/// <summary>Reads the phrases of a set from a text, the longest at each place, none over another. Linear in the text.</summary>
/// <param name="text">In lower case.</param>
/// <param name="phrases">What is looked for.</param>
internal ref struct PhraseReader(ReadOnlySpan<char> text, PhraseSet phrases)
{
    private readonly ReadOnlySpan<char> text = text;
    private int at;

    /// <summary>The words that were read so far: runs of letters and digits, and single characters of scripts without spaces.</summary>
    public int Words { get; private set; }

    /// <summary>Where the phrase that was read last begins.</summary>
    public int Start { get; private set; }

    /// <summary>Where it ends.</summary>
    public readonly int End => at;

    /// <summary>The next phrase; null where there is no other.</summary>
    public Phrase? Next()
    {
        while (at < text.Length)
        {
            if (CharKinds.Of(text[at]) < CharKind.Letter)
            {
                at++;
                continue;
            }

            Start = at;
            at = Phrase.WordEnd(text, at);
            if (phrases.At(text, Start, at) is { } phrase)
            {
                Words += phrase.Words;
                at = Start + phrase.Length;
                return phrase;
            }

            Words++;
        }

        return null;
    }
}
