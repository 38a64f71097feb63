using RewardServer.Grading.Completions;
using RewardServer.Grading.Extraction;

namespace RewardServer.Grading.Graders.Pattern;

/// <summary>Scores 1 where the answer matches the task's regular expression, else 0; skipped where the expression cannot be used.</summary>
/// <param name="tags">The tags of the rubric, which tell the thinking from the response.</param>
/// <param name="places">Where the answer is looked for.</param>
internal sealed class PatternGrader(ThinkTags tags, AnswerPlaces places)
{
    private readonly AnswerSearch search = new(tags, places, whole: true);

    /// <summary>Grades one item.</summary>
    public Verdict Grade(Item item, PatternTask task)
    {
        var pattern = CompiledPattern.Of(task.Pattern, task.Match == PatternMatch.Full, task.IgnoreCase);
        if (pattern.Fault is { } fault)
        {
            return Verdict.Skipped($"the pattern (task.pattern) {fault}");
        }

        if (search.Find(item) is not { } answer)
        {
            return search.None(item);
        }

        // What stands around the whole of an answer only presents it, unless the pattern asks for it.
        var bare = Presentation.Unwrap(answer.Text);
        var compared = answer.Text.Length <= pattern.LongestText;
        var matches = compared && (pattern.Matches(answer.Text) || pattern.Matches(bare));
        var reason = !compared ? $"the answer has over {pattern.LongestText} characters, too many for the pattern"
            : $"the answer {(matches ? "matches" : "does not match")} the pattern";
        return Verdict.Scored(matches ? 1 : 0, reason) with
        {
            Details = AnswerDetails.Of(answer.Text, answer.Source, bare, []),
            Signals = [.. compared ? Array.Empty<string>() : [Signal.Budget], .. answer.Distinct > 1 ? [Signal.SeveralAnswerBlocks] : Array.Empty<string>()],
        };
    }
}
