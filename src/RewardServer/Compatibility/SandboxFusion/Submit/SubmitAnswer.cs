using RewardServer.Compatibility.Programs;
using RewardServer.Http;

namespace RewardServer.Compatibility.SandboxFusion.Submit;

/// <summary>The answer to a call that submitted a completion.</summary>
internal static class SubmitAnswer
{
    /// <summary>Makes it.</summary>
    /// <param name="end">What became of the completion.</param>
    /// <param name="request">The call.</param>
    /// <param name="member">The member that a problem is told by where it cannot be judged.</param>
    /// <param name="skipped">The reward that such a problem is to have; null where the call gives none. Above 0, everybody is accepted.</param>
    public static IResult Of(SubmitEnd end, SubmitRequest request, string member, double? skipped) => end switch
    {
        { Judged: { } judged } => TrainerBody.Json(judged),
        { Failed: { } fault } => FaultAnswers.TryAgain(fault),
        { Malformed: { } malformed } => Problems.Invalid(malformed.Path, malformed.Message),
        { Skipped: { } reason } => skipped is { } reward
            ? TrainerBody.Json(new SubmitResponse { Id = request.Id, Accepted = reward > 0, Extra = new Dictionary<string, string> { ["skipped"] = reason } })
            : FaultAnswers.CannotBeJudged(member, reason),
        _ => throw new InvalidOperationException("a completion that came to no end"),
    };
}
