namespace RewardServer.Grading.Extraction.Words;

/// <summary>Reads the phrases of a set from a text, the longest at each place, none over another. Linear in the text.</summary>
/// <param name="text">In lower case.</param>
/// <param name="phrases">What is looked for.</param>
internal ref struct PhraseReader(ReadOnlySpan<char> text, PhraseSet phrases)
{
    private readonly ReadOnlySpan<char> text = text;

    /// <summary>The words that were read so far: runs of letters and digits, and single characters of scripts without spaces.</summary>
    public int Words { get; private set; }

    /// <summary>Where the phrase that was read last begins.</summary>
    public int Start { get; private set; }

    /// <summary>Where it ends.</summary>
    public int End { get; private set; }

    /// <summary>The next phrase; null where there is no other.</summary>
    public Phrase? Next()
    {
        var (at, words) = (End, 0);
        while (at < text.Length)
        {
            if (CharKinds.Of(text[at]) < CharKind.Letter)
            {
                at++;
                continue;
            }

            var end = Phrase.WordEnd(text, at);
            if (phrases.At(text, at, end) is { } phrase)
            {
                Words += words + phrase.Words;
                (Start, End) = (at, at + phrase.Length);
                return phrase;
            }

            words++;
            at = end;
        }

        Words += words;
        End = at;
        return null;
    }
}
