using RewardServer.Symbolics.Rewriting;

namespace RewardServer.Symbolics.Equivalence;

/// <summary>Answers that are the letter of a choice, however it is written.</summary>
internal static class Choices
{
    /// <summary>The letter, in upper case; null where the answer is none.</summary>
    public static char? LetterOf(Answer answer) => answer switch
    {
        ChoiceAnswer choice => choice.Letter,
        TextAnswer { Folded: [>= 'a' and <= 'j' and var letter] } => char.ToUpperInvariant(letter),
        ScalarAnswer { Unit: null, Value: { IsPolynomial: true, Numerator.Terms: [{ Coefficient.IsOne: true, Monomial.Factors: [{ Exponent.IsOne: true, Atom: var atom }] }] } }
            when atom.Kind is AtomKind.Variable or AtomKind.Constant or AtomKind.Imaginary && atom.Key.TrimStart('\\') is [>= 'A' and <= 'J' or >= 'a' and <= 'e']
            => char.ToUpperInvariant(atom.Key.TrimStart('\\')[0]),
        _ => null,
    };
}
