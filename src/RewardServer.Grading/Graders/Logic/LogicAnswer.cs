using RewardServer.Grading.Extraction;
using RewardServer.Grading.Graders.Logic.Reading;

namespace RewardServer.Grading.Graders.Logic;

/// <summary>The answer to a puzzle that a response settles on.</summary>
/// <param name="Finding">What was read, and what is wrong with it.</param>
/// <param name="Text">Where it was read.</param>
/// <param name="Source">Where that stood: "answer-tag", "boxed", or "text" where nothing marks an answer.</param>
/// <param name="Distinct">How many different answers stood there: the last decides.</param>
internal sealed record LogicAnswer(Finding Finding, string Text, string Source, int Distinct)
{
    private static readonly AnswerPlaces Boxes = new([AnswerPlace.Boxed]);

    /// <summary>
    /// Looks inside the last answer tags, where there are any, for the last box, else at their whole content; else for the last box anywhere;
    /// else for the last part of the response where a complete answer can be read.
    /// </summary>
    /// <returns>The answer; null where there is neither a mark nor anything that can be read.</returns>
    public static LogicAnswer? Find(string response, ThinkTags tags, PuzzleCheck check)
    {
        var text = NextProblem.Cut(VisibleText.Of(check.Prepare(response)));
        var tagged = AnswerTag.Last(text, tags);
        return FinalAnswer.Find(tagged ?? text, tags, Boxes) is { } box ? Marked(box.Text, "boxed", box.Distinct, check)
            : tagged is not null ? Marked(tagged, "answer-tag", 1, check)
            : FinalAnswer.IsCutOff(text, tags) ? null
            : Unmarked(text, "text", check);
    }

    // What is no answer as a whole may be a text that comes to one.
    private static LogicAnswer Marked(string text, string source, int distinct, PuzzleCheck check)
    {
        var whole = text.Length > Blocks.Longest ? Finding.None($"the answer is longer than {Blocks.Longest} characters") : check.ReadWithDoubt(text);
        return whole.IsAnswer || whole.IsHedged || text.Length > Blocks.Longest || Unmarked(text, source, check) is not { } within
            ? new(whole, text, source, distinct)
            : within with { Distinct = Math.Max(distinct, within.Distinct) };
    }

    private static LogicAnswer? Unmarked(string text, string source, PuzzleCheck check)
    {
        LogicAnswer? last = null;
        var shown = new HashSet<string>(StringComparer.Ordinal);
        foreach (var block in check.Blocks(text).Where(block => block.Length <= Blocks.Longest))
        {
            var finding = check.ReadWithDoubt(block);
            if (finding.IsAnswer)
            {
                last ??= new(finding, block, source, 1);
                shown.Add(finding.Shown);
            }
            else if (finding.IsDoubted && Blocks.IsSentence(block))
            {
                last ??= new(finding, block, source, 1);
            }
        }

        return last is null ? null : last with { Distinct = Math.Max(1, shown.Count) };
    }
}
