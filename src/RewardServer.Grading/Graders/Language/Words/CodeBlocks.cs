using RewardServer.Grading.Extraction;

namespace RewardServer.Grading.Graders.Language.Words;

/// <summary>
/// The fenced blocks that are not counted. A fence that nothing closes before the next one with a language hides nothing: one mark
/// must not take the rest of a thinking out of the count. Linear in the text.
/// </summary>
internal static class CodeBlocks
{
    /// <summary>Where each block begins, its fences included, and where the text goes on.</summary>
    public static List<(int Start, int End)> In(string text)
    {
        var found = new List<(int Start, int End)>();
        if (!text.Contains("```", StringComparison.Ordinal) && !text.Contains("~~~", StringComparison.Ordinal))
        {
            return found;
        }

        var lines = FenceLine.All(text);
        for (var opening = 0; opening < lines.Count; opening++)
        {
            var closing = Closing(lines, opening);
            if (closing < lines.Count && Closes(lines[opening], lines[closing]) && !Prose.IsInCode(text.AsSpan(lines[opening].Next..lines[closing].Start)))
            {
                found.Add((lines[opening].Start, lines[closing].Next));
            }

            // What lies between belongs to this block, whether it is counted or not.
            opening = closing < lines.Count && Closes(lines[opening], lines[closing]) ? closing : closing - 1;
        }

        return found;
    }

    // The first line that closes the block or opens another.
    private static int Closing(List<FenceLine> lines, int opening)
    {
        var at = opening + 1;
        while (at < lines.Count && lines[at].IsBare && !Closes(lines[opening], lines[at]))
        {
            at++;
        }

        return at;
    }

    private static bool Closes(FenceLine opening, FenceLine line) => line.IsBare && line.Mark == opening.Mark && line.Length >= opening.Length;
}
