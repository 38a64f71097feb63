namespace RewardServer.Compatibility.Roll;

/// <summary>
/// How often ROLL's client comes with the same: it makes up to five calls until it has an id, and all that five times until it has a reward; then it
/// trains on 0. So it is stopped while it still comes.
/// </summary>
internal static class RollTries
{
    /// <summary>How many of its 25 calls are used up when a failure stops it.</summary>
    public const int MostWithFailures = 15;

    /// <summary>How many are used up when a want of room does.</summary>
    public const int MostWithRefusals = 20;

    // A failure may use up the calls that would have followed for an id.
    private const int OfFailure = 5;

    /// <summary>How many calls are used up.</summary>
    /// <param name="failures">How many submissions failed.</param>
    /// <param name="refusals">How many found no room.</param>
    public static int Used(int failures, int refusals) => (OfFailure * failures) + refusals;
}
