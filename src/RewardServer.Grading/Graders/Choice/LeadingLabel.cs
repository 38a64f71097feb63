namespace RewardServer.Grading.Graders.Choice;

/// <summary>The label that a text begins with, parted from what follows by a mark: "B) Paris", "(B) Paris", "B. Paris", "B: Paris", "B - Paris".</summary>
internal static class LeadingLabel
{
    private const int LongestLabel = 8;

    /// <summary>The label, and what follows its mark; null where the text begins with none.</summary>
    public static (string Label, string Text)? Of(string text, ChoiceLabels labels)
    {
        var opened = text is ['(' or '[', ..];
        var start = opened ? 1 : 0;
        var end = start;
        while (end < text.Length && end - start < LongestLabel && char.IsLetterOrDigit(text[end]))
        {
            end++;
        }

        var marked = Mark(text, end, opened);
        return end > start && marked > end && labels.Find(text[start..end]) is { } label ? (label, text[marked..].Trim()) : null;
    }

    // Where the mark has ended; 0 where there is none.
    private static int Mark(string text, int at, bool opened)
    {
        if (at < text.Length && text[at] is ')' or ']' or '、')
        {
            return at + 1 < text.Length && text[at + 1] is '.' or ':' ? at + 2 : at + 1;
        }

        if (!opened && at < text.Length && text[at] is '.' or ':' && at + 1 < text.Length && !char.IsAsciiDigit(text[at + 1]))
        {
            return at + 1;
        }

        return !opened && at + 2 < text.Length && text[at] == ' ' && text[at + 1] is '-' or '–' or '—' or '=' && text[at + 2] == ' ' ? at + 3 : 0;
    }
}
