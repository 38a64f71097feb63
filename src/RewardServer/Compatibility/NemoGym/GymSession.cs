using System.Security.Cryptography;

namespace RewardServer.Compatibility.NemoGym;

/// <summary>
/// The session cookie of NeMo-Gym's servers. Gradings here keep nothing between calls; but its agents hand on the cookies of the last answer
/// alone, so each answer must bring the session's again.
/// </summary>
internal static class GymSession
{
    /// <summary>The cookie's name.</summary>
    public const string Cookie = "rewardserver_session";

    private const int Bytes = 16;

    /// <summary>Gives the call's session back with the answer, or a new one where the call has none.</summary>
    /// <param name="http">The call.</param>
    public static void Carry(HttpContext http)
    {
        var known = http.Request.Cookies[Cookie];
        var session = known is { Length: 2 * Bytes } && known.All(char.IsAsciiHexDigitLower) ? known : Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));
        http.Response.Cookies.Append(Cookie, session, new() { Path = "/", HttpOnly = true, SameSite = SameSiteMode.Lax });
    }
}
