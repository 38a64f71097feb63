using RewardServer.Grading.Completions;
using RewardServer.Grading.Extraction;
using RewardServer.Grading.Graders.Judge;
using RewardServer.Grading.Graders.Maths;

namespace RewardServer.Grading.Graders.Accuracy;

/// <summary>
/// The rule, and a judge where the rule found nothing to compare in an answer to mathematics: what the rule decided, the judge cannot change.
/// (DeepSeek-R1, section 2.3.3, joins rewards by rules with such of a generative reward model.)
/// </summary>
/// <param name="rule">The rule.</param>
/// <param name="context">What the rubric and the server give.</param>
/// <param name="judge">The judge.</param>
/// <param name="shadow">The share of the answers that the rule decided about which the judge is asked, too.</param>
internal sealed class JudgedAccuracy(IGrader rule, GraderContext context, JudgeModel judge, double shadow) : IGrader
{
    // A judge's score is for a right answer or for a wrong one.
    private const double Right = 0.5;

    private const string Criteria = """
        Whether the final answer of the response is the same as the answer known to be right, in whatever form. The highest score where it is, the lowest
        where it is not, where the response gives no answer, or where it gives several.
        """;

    /// <inheritdoc/>
    public bool WaitsElsewhere => true;

    /// <inheritdoc/>
    public bool RunsPrograms => rule.RunsPrograms;

    /// <inheritdoc/>
    public async ValueTask<Verdict> GradeAsync(Item item, Verdicts earlier, CancellationToken cancellation)
    {
        var verdict = await rule.GradeAsync(item, earlier, cancellation).ConfigureAwait(false);
        if (item.Task is not MathTask task || verdict is not { Outcome: Outcome.Scored, Details: MathsDetails details })
        {
            return verdict;
        }

        var question = new JudgeQuestion(item.Prompt, Response.Of(item, context.Tags).Text, task.GoldText, Criteria);
        var shared = item.Anew ? null : context.Resources.Deduplication;
        return string.IsNullOrWhiteSpace(question.Response) ? verdict with { Details = details with { DecidedBy = "rule" } }
            : details.NothingToParse ? await DecideAsync(question, verdict, details, shared, cancellation).ConfigureAwait(false)
            : verdict with { Details = details with { DecidedBy = "rule", Measured = await ShadowAsync(question, verdict, shared, cancellation).ConfigureAwait(false) } };
    }

    private async Task<Verdict> DecideAsync(JudgeQuestion question, Verdict verdict, MathsDetails details, Deduplication? shared, CancellationToken cancellation)
    {
        var judged = await judge.JudgeAsync(question, shared, cancellation).ConfigureAwait(false);
        if (judged.End == JudgementEnd.Failed)
        {
            return Verdict.Failed(judged.Reason);
        }

        var broken = judged.End == JudgementEnd.Broken;
        var right = !broken && judged.Value >= Right;
        return Verdict.Scored(right ? 1 : 0, broken ? judged.Reason : $"{verdict.Reason}; the judge '{judge.Name}' takes it for {(right ? "right" : "wrong")}") with
        {
            Details = details with { DecidedBy = "judge", Judge = JudgeDetails.Of(judge, judged) },
            Signals = [.. verdict.Signals, .. broken ? [Signal.JudgeInjection] : JudgeGrader.SignalsOf(question.Response, judge)],
        };
    }

    private async Task<ShadowJudgement?> ShadowAsync(JudgeQuestion question, Verdict verdict, Deduplication? shared, CancellationToken cancellation)
    {
        if (question.Share() >= shadow)
        {
            return null;
        }

        var judged = await judge.JudgeAsync(question, shared, cancellation).ConfigureAwait(false);
        if (judged.End == JudgementEnd.Failed)
        {
            return new(judge.Name, null, null, judged.Reason);
        }

        var agrees = (judged.Value >= Right) == (verdict.Score >= Right);
        JudgeMetrics.CountComparison(judge.Name, agrees);
        return new(judge.Name, judged.Value, agrees, null);
    }
}
