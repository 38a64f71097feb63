using RewardServer.Symbolics.Expressions;
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

    /// <summary>Whether a gold is the letter of a choice and no variable: those of choices are capitals.</summary>
    public static bool IsAskedFor(Answer gold) => LetterOf(gold) is >= 'A' and <= 'E' && !(gold is ScalarAnswer { Formula.Expression: var letter } && letter is not Symbol { Name: [>= 'A' and <= 'Z'] });

    /// <summary>Whether several choices are the same, a list of letters on one side and a run of them on the other: "B, C" and "BC".</summary>
    public static bool AreSame(Answer gold, Answer prediction) => (gold, prediction) switch
    {
        (ElementsAnswer list, TextAnswer run) => AreSame(list, run),
        (TextAnswer run, ElementsAnswer list) => AreSame(list, run),
        _ => false,
    };

    private static bool AreSame(ElementsAnswer list, TextAnswer run) => list.Kind == CollectionKind.List && IsAscending(run.Folded)
        && list.Elements.Select(LetterOf).Order().SequenceEqual(run.Folded.Select(letter => (char?)char.ToUpperInvariant(letter)));

    // Letters of choices are written in their order, and no word of more than a few letters has its letters so.
    private static bool IsAscending(string run) => run.Length > 1 && run.All(c => c is >= 'a' and <= 'j') && run.Zip(run.Skip(1)).All(pair => pair.First < pair.Second);
}
