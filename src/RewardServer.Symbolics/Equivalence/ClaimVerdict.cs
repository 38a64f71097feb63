namespace RewardServer.Symbolics.Equivalence;

/// <summary>What is known of an equality that a text states.</summary>
/// <param name="Status">Whether it holds.</param>
/// <param name="Reason">One sentence for people.</param>
public readonly record struct ClaimVerdict(ClaimStatus Status, string Reason);

/// <summary>Whether a stated equality holds.</summary>
public enum ClaimStatus
{
    /// <summary>Both sides have the same value, or agree to the digits that one of them is written with, or are the same formula.</summary>
    Confirmed,

    /// <summary>Both sides have a value, and the values differ.</summary>
    False,

    /// <summary>Nobody can tell: a variable, a side that cannot be read, a convention that goes unsaid, or the budget.</summary>
    Undecided,

    /// <summary>It gives something a name, and claims nothing.</summary>
    Definition,
}
