using System.Globalization;
using RewardServer.Http;

namespace RewardServer.Compatibility;

/// <summary>What a call wants as the reward where its task cannot be judged: <c>?skipped=NUMBER</c>. Where silent, there is none.</summary>
internal static class SkippedReward
{
    /// <summary>Reads it.</summary>
    /// <param name="http">The call.</param>
    /// <returns>The reward, null where the call names none; or the problem to answer with.</returns>
    public static (double? Reward, IResult? Problem) Of(HttpContext http) =>
        http.Request.Query["skipped"].FirstOrDefault() is not { } text ? (null, null)
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var reward) && double.IsFinite(reward) ? (reward, null)
        : (null, Problems.Invalid("skipped", "must be a number: the reward of what cannot be judged"));
}
