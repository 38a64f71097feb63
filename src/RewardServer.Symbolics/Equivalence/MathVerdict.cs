namespace RewardServer.Symbolics.Equivalence;

/// <summary>Whether a prediction equals a gold answer, and why.</summary>
/// <param name="Equal">True or false; null where the gold cannot be judged against (it does not parse, or is over budget).</param>
/// <param name="Stage">Which stage of the comparison decided.</param>
/// <param name="Reason">One sentence for people.</param>
/// <param name="Gold">The gold as it was read; null where it does not parse.</param>
/// <param name="Prediction">The prediction as it was read; null where it does not parse.</param>
/// <param name="Signals">Why the prediction is suspect, from the list in docs/verdicts.md; often empty.</param>
public sealed record MathVerdict(
    bool? Equal, Stage Stage, string Reason, MathForm? Gold, MathForm? Prediction, IReadOnlyList<string> Signals);

/// <summary>An answer as it was read, printed in two ways.</summary>
/// <param name="Latex">As LaTeX.</param>
/// <param name="Plain">As plain text that reads back to the same expression.</param>
public sealed record MathForm(string Latex, string Plain);

/// <summary>The stage of the comparison that decided.</summary>
public enum Stage
{
    /// <summary>One of the two could not be read.</summary>
    Reading,

    /// <summary>Canonical forms over the rationals, radicals and known constants, and algebraic numbers whose difference is proved to be zero.</summary>
    Exact,

    /// <summary>Canonical forms of formulas: with variables, or with logarithms, sines and other functions that have no simpler value.</summary>
    Symbolic,

    /// <summary>
    /// Values: to 50 digits, where the canonical forms could not decide; to the digits of a decimal gold; or within the tolerance.
    /// </summary>
    Numeric,

    /// <summary>Letters and words, compared as text.</summary>
    Text,

    /// <summary>The budget of steps was used up before a decision.</summary>
    Undecided,
}
