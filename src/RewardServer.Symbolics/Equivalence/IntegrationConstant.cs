using RewardServer.Symbolics.Evaluation;
using RewardServer.Symbolics.Expressions;
using RewardServer.Symbolics.Rewriting;

namespace RewardServer.Symbolics.Equivalence;

/// <summary>The constant of an antiderivative, whose name says nothing: x²/2 + C is x²/2 + c.</summary>
internal static class IntegrationConstant
{
    /// <summary>The prediction with the gold's constant for its own; the prediction as it is where either has none, or both the same.</summary>
    public static ScalarAnswer Rename(ScalarAnswer gold, ScalarAnswer prediction, Budget budget)
    {
        if (Of(gold, ["C"]) is not { } asked || Of(prediction, ["C", "c", "K", "k"]) is not { } given || asked == given)
        {
            return prediction;
        }

        var difference = Polynomial.Add(Polynomial.Of(Atom.Variable(asked)), Polynomial.Of(Atom.Variable(given)).Negate(), budget);
        return prediction with
        {
            Value = Quotient.Add(prediction.Value, Quotient.Of(difference), budget),
            Formula = new Formula(ExpressionTree.Replace(prediction.Formula.Expression, new Symbol(given), new Symbol(asked)), 1),
        };
    }

    // A term of its own beside others, and nowhere else.
    private static string? Of(ScalarAnswer answer, string[] names)
    {
        if (!answer.Value.IsPolynomial || answer.Value.Numerator.Terms.Count < 2 || answer.Formula.Expression is not Sum { Terms: var terms })
        {
            return null;
        }

        var constants = terms.OfType<Symbol>().Where(s => names.Contains(s.Name)).ToList();
        return constants is [{ Name: var name } only] && terms.Count(t => ExpressionTree.Any(t, e => e == only)) == 1
            && terms.Any(t => ExpressionTree.Any(t, e => e is Symbol && e != only)) ? name : null;
    }
}
