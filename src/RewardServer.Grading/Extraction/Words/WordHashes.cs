namespace RewardServer.Grading.Extraction.Words;

/// <summary>Hashes the words of a text, whatever their case and the signs between them.</summary>
internal static class WordHashes
{
    /// <summary>The hashes in order: of runs of letters and digits, and of single characters of scripts without spaces. Linear in the text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">Of a text with more words, so many of the first.</param>
    public static List<ulong> Of(string text, int most = int.MaxValue)
    {
        using var lowered = new LoweredText(text);
        var hashes = new List<ulong>();
        for (int at = 0, end; at < text.Length && hashes.Count < most; at = end)
        {
            end = Phrase.WordEnd(lowered.Text, at);
            if (CharKinds.Of(lowered.Text[at]) >= CharKind.Letter)
            {
                hashes.Add(WordHash.Of(lowered.Text[at..end]));
            }
        }

        return hashes;
    }
}
