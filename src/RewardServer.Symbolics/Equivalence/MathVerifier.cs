namespace RewardServer.Symbolics.Equivalence;

/// <summary>Compares a predicted answer with a gold one as mathematics.</summary>
public static class MathVerifier
{
    /// <summary>
    /// Compares two bare answers (LaTeX or plain text, already extracted from their responses).
    /// Never throws; a budget of steps, never a clock, bounds its work, so that the verdict is the same on every machine.
    /// </summary>
    /// <param name="gold">The right answer, as the task gives it.</param>
    /// <param name="prediction">The candidate's answer.</param>
    public static MathVerdict Verify(string gold, string prediction) => throw new NotImplementedException();
}
