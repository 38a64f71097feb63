using RewardServer.Grading.Completions;
using RewardServer.Grading.Extraction;

namespace RewardServer.Grading.Graders.Logic;

/// <summary>
/// Scores 1 where an answer keeps every constraint of its puzzle, whichever solution it is, else 0 with the first that it breaks. Skipped
/// where the puzzle is malformed or has no solution, whatever the candidate wrote.
/// </summary>
/// <param name="tags">The tags of the rubric, which tell the thinking from the response.</param>
public sealed class LogicGrader(ThinkTags tags)
{
    /// <summary>Grades one item.</summary>
    public Verdict Grade(Item item, LogicTask task)
    {
        var (check, fault) = PuzzleTask.Of(task);
        if (check is null || fault is not null)
        {
            return Verdict.Skipped(fault!);
        }

        var response = Response.Of(item, tags);
        return LogicAnswer.Find(response.Text, tags, check) is not { } answer ? NoAnswer(response, check)
            : CutOffText.Keeps(item, response.Text, answer.Text, text => LogicAnswer.Find(text, tags, check)?.Text) ? Judge(answer, response, check)
            : AnswerSearch.WasCutOff;
    }

    private Verdict Judge(LogicAnswer answer, Response response, PuzzleCheck check)
    {
        var finding = answer.Finding;
        var right = finding is { IsAnswer: true, Broken.Length: 0 };
        var verdict = Verdict.Scored(right ? 1 : 0, right ? "the answer keeps every constraint" : finding.Broken[0]) with
        {
            Details = new LogicDetails(
                Shown.Head(answer.Text, Shown.Answer), answer.Source, finding.IsAnswer ? Shown.Head(finding.Shown, Shown.Answer) : null, finding.Broken),
        };
        return verdict with
        {
            Signals =
            [
                .. finding.IsHedged ? (string[])[Signal.HedgedAnswer] : [],
                .. answer.Distinct > 1 ? (string[])[Signal.SeveralAnswerBlocks] : [],
                .. !finding.IsAnswer && !finding.IsHedged && InThinking(response, check) ? (string[])[Signal.AnswerOnlyInThinking] : [],
            ],
        };
    }

    private Verdict NoAnswer(Response response, PuzzleCheck check) => InThinking(response, check)
        ? Verdict.Scored(0, "the answer stands only in the thinking") with { Signals = [Signal.AnswerOnlyInThinking] }
        : Verdict.Scored(0, "no answer of the puzzle's form was found");

    private bool InThinking(Response response, PuzzleCheck check) =>
        response.Thinking.Length > 0 && LogicAnswer.Find(response.Thinking, tags, check) is { Finding.IsAnswer: true };
}
