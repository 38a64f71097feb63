using System.Globalization;
using System.Text.Json.Nodes;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Rubrics;

namespace RewardServer.Compatibility.Roll;

/// <summary>
/// What ROLL's client is answered, always with status 200: of any other it logs the status alone, and of these <c>errmsg</c>. How it reads a result:
/// a number is the reward; null makes it submit anew at once, five times in all, and then it trains on 0; a text in place of the number stops the
/// training with an error. A submission without an id counts as null after five calls: so what is refused for good gets an id, too, whose result is a text.
/// </summary>
internal static class RollAnswers
{
    private const int Done = 0, Pending = 1, Busy = 429;

    // Ids of ours are digits.
    private const string Refusal = "refused:";

    // What an id carries comes back with every question.
    private const int LongestReason = 500;

    /// <summary>A submission that was taken.</summary>
    public static IResult Taken(RollRequest request) => Taken(request.Id, "");

    /// <summary>A submission that can never be graded as it is: its result stops the training, with the reason.</summary>
    /// <param name="reason">Why.</param>
    public static IResult Stopping(string reason) => Taken(Refusal + (reason.Length > LongestReason ? reason[..LongestReason] : reason), reason);

    /// <summary>The result for an id of <see cref="Stopping"/>; null for any other id.</summary>
    public static IResult? StoppedBy(string id) => id.StartsWith(Refusal, StringComparison.Ordinal) ? Stopped(id[Refusal.Length..]) : null;

    /// <summary>A result that stops the training.</summary>
    /// <param name="reason">Why.</param>
    public static IResult Stopped(string reason) => TrainerBody.Json(new RollResult(
        Done, $"refused: {reason}", $"refused: {reason}", new Dictionary<string, RollDimension>(), null, null));

    /// <summary>A submission for which there is no room now.</summary>
    /// <param name="reason">Why.</param>
    public static IResult ComeAgain(string reason) => TrainerBody.Json(new Dictionary<string, object> { ["errcode"] = Busy, ["errmsg"] = reason });

    /// <summary>A question to which there is no answer yet.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="start">When the submission came; null where that is not known here.</param>
    public static IResult NotYet(string reason, DateTimeOffset? start = null) =>
        TrainerBody.Json(new RollResult(Pending, reason, null, new Dictionary<string, RollDimension>(), Written(start), null));

    /// <summary>A question for what is not known, or not any more, as after a start of this server: its client is to submit anew.</summary>
    public static IResult Unknown() => TrainerBody.Json(new RollResult(
        Done, "there is no such request, or none any more; submit it again", null, new Dictionary<string, RollDimension>(), null, null));

    /// <summary>A question for a submission that was taken.</summary>
    public static IResult Of(RollRequest request) => request.End is not { } end
        ? NotYet("the reward is not there yet", request.Start)
        : TrainerBody.Json(new RollResult(
            Done,
            end.Item.Outcome == Outcome.Scored ? "" : $"{end.Item.Outcome.ToString().ToLowerInvariant()}: {end.Item.Reason}",
            RewardOf(request, end.Item),
            end.Item.Components.ToDictionary(component => component.Name, RollDimension.Of, StringComparer.Ordinal),
            Written(request.Start),
            Written(end.At)));

    private static JsonNode? RewardOf(RollRequest request, GradedItem item) => item.Outcome switch
    {
        Outcome.Scored => TrainerBody.Number(item.Reward!.Value),
        Outcome.Skipped => request.Skipped is { } reward ? TrainerBody.Number(reward) : $"skipped: {item.Reason}",
        _ => request.StopsTraining ? $"failed {request.Failures} times: {item.Reason}" : null,
    };

    private static IResult Taken(string id, string reason) =>
        TrainerBody.Json(new Dictionary<string, object> { ["errcode"] = Done, ["errmsg"] = reason, ["reward_request_id"] = id });

    // Read by Python's datetime.fromisoformat, which before 3.11 knows no 'Z' and no seven digits.
    private static string? Written(DateTimeOffset? at) => at?.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffffzzz", CultureInfo.InvariantCulture);
}

/// <summary>A result; some of the names are ROLL's spelling.</summary>
/// <param name="Errcode">0: there is a result; 1: not yet.</param>
/// <param name="Errmsg">What its client logs.</param>
/// <param name="RewardScore">The reward, null, or a text.</param>
/// <param name="DimentionRewardScore">What each component of the rubric gave.</param>
/// <param name="StartTime">When the submission came.</param>
/// <param name="EndTime">When the result was there.</param>
internal sealed record RollResult(
    int Errcode, string Errmsg, JsonNode? RewardScore, IReadOnlyDictionary<string, RollDimension> DimentionRewardScore, string? StartTime, string? EndTime);

/// <summary>What a component of the rubric gave.</summary>
/// <param name="Score">What its grader gave.</param>
/// <param name="Contribution">What it gave to the reward.</param>
/// <param name="Reason">One sentence for people.</param>
internal sealed record RollDimension(double? Score, double? Contribution, string Reason)
{
    /// <summary>Its client reads times of plugins here; there are none.</summary>
    public IReadOnlyDictionary<string, double> DebugInfo { get; } = new Dictionary<string, double>();

    /// <summary>Of a component.</summary>
    public static RollDimension Of(GradedComponent component) => new(component.Score, component.Contribution, component.Reason);
}
