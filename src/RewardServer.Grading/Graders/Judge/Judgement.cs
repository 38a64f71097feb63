using System.Collections.Immutable;
using RewardServer.Grading.Graders.Judge.Asking;

namespace RewardServer.Grading.Graders.Judge;

/// <summary>What came of asking a judge about a text.</summary>
/// <param name="End">How it ended.</param>
/// <param name="Value">The score from 0 to 1, or a reward model's number; 0 where there is none.</param>
/// <param name="Reason">One sentence for people.</param>
internal sealed record Judgement(JudgementEnd End, double Value, string Reason)
{
    /// <summary>What each sample gave.</summary>
    public ImmutableArray<double> Samples { get; init; } = [];

    /// <summary>What the judge wrote, of the first sample; null where it writes nothing.</summary>
    public string? Reply { get; init; }

    /// <summary>The reference's number, where a reward model compared the two.</summary>
    public double? ReferenceReward { get; init; }

    /// <summary>The mean of what the samples gave.</summary>
    public static Judgement Of(string judge, IReadOnlyList<JudgeReply> replies) => new(JudgementEnd.Given, replies.Average(reply => reply.Value!.Value), $"by the judge '{judge}'")
    {
        Samples = [.. replies.Select(reply => reply.Value!.Value)],
        Reply = replies[0].Text,
    };

    /// <summary>A fault of ours or of the judge's.</summary>
    public static Judgement Failed(string judge, JudgeFault fault) => new(JudgementEnd.Failed, 0, $"the judge '{judge}' {fault.Message}");

    /// <summary>A text that no score is given for, while another in its place has one.</summary>
    public static Judgement Broken(string judge, JudgeFault fault) =>
        new(JudgementEnd.Broken, 0, $"the text keeps the judge '{judge}', which scores a harmless one in its place, from giving a score: it {fault.Message}");
}

/// <summary>How asking a judge ended.</summary>
internal enum JudgementEnd
{
    /// <summary>There is a value.</summary>
    Given,

    /// <summary>The text itself keeps the judge from giving one.</summary>
    Broken,

    /// <summary>The task's reference does.</summary>
    Unjudgeable,

    /// <summary>The judge cannot be had.</summary>
    Failed,
}
