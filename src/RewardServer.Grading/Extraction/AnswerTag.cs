namespace RewardServer.Grading.Extraction;

/// <summary>Finds what stands between the answer tags.</summary>
public static class AnswerTag
{
    /// <summary>
    /// The content of the last complete pair of answer tags, with that of those before it which are given together with it; null where
    /// there is none.
    /// </summary>
    public static string? Last(string text, ThinkTags tags)
    {
        var found = new List<MarkedAnswer>();
        var limit = text.Length;
        while (limit > 0 && text.LastIndexOf(tags.AnswerClose, limit - 1, StringComparison.Ordinal) is >= 0 and var close
            && text.AsSpan(0, close).LastIndexOf(tags.AnswerOpen, StringComparison.Ordinal) is >= 0 and var open)
        {
            var end = close + tags.AnswerClose.Length;
            if (found.Count > 0 && !Alternatives.Join(text.AsSpan(end, found[0].Start - end)))
            {
                break;
            }

            found.Insert(0, new(open, end, text[(open + tags.AnswerOpen.Length)..close]));
            limit = found.Count < MarkedAnswer.MostTogether ? open : 0;
        }

        return found.Count == 0 ? null : MarkedAnswer.Together(text, found);
    }

    /// <summary>Whether an answer tag is opened and never closed: the response was cut off in its answer.</summary>
    public static bool IsCutOff(string text, ThinkTags tags) =>
        text.LastIndexOf(tags.AnswerOpen, StringComparison.Ordinal) > text.LastIndexOf(tags.AnswerClose, StringComparison.Ordinal);
}
