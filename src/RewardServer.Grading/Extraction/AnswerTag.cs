namespace RewardServer.Grading.Extraction;

/// <summary>Finds what stands between the answer tags.</summary>
public static class AnswerTag
{
    /// <summary>The content of the last complete pair of answer tags; null where there is none.</summary>
    public static string? Last(string text, ThinkTags tags)
    {
        var close = text.LastIndexOf(tags.AnswerClose, StringComparison.Ordinal);
        if (close < 0)
        {
            return null;
        }

        var open = text[..close].LastIndexOf(tags.AnswerOpen, StringComparison.Ordinal);
        return open < 0 ? null : text[(open + tags.AnswerOpen.Length)..close];
    }
}
