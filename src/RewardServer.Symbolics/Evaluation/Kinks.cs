using RewardServer.Symbolics.Equivalence;
using RewardServer.Symbolics.Expressions;

namespace RewardServer.Symbolics.Evaluation;

/// <summary>
/// Where formulas may go over from one branch to another: at the zeros of what stands in an absolute value or between which a minimum
/// chooses, and at the turning points of what stands under a root or in an inverse circular function. Formulas that agree on one side of such
/// a kink may differ on the other, so both sides are looked at, along lines through the space of the variables.
/// </summary>
internal static class Kinks
{
    private const int MostKinks = 8;
    private const int MostLines = 3;

    // Powers of two that the search goes up to along a line; numbers in the formulas move kinks away from the origin.
    private const int LeastReach = 8;
    private const int MostReach = 40;

    /// <summary>Points on both sides of all kinks that are found; none where the formulas have no kinks.</summary>
    public static IEnumerable<SamplePoint> PointsBetween(Formula a, Formula b)
    {
        var whole = new Sum([a.Expression, b.Expression]);
        var kinks = new Dictionary<string, Expression>();
        Collect(whole, kinks);
        if (kinks.Count == 0)
        {
            yield break;
        }

        // The search has steps of its own: where they end it has looked as far as it could, and decides nothing.
        var budget = new Budget(Limits.Steps / 2);
        var variables = new HashSet<string>();
        var reach = Math.Clamp(LeastReach + Survey(whole, variables), LeastReach, MostReach);
        for (var line = 0; line < (variables.Count > 1 ? MostLines : 1); line++)
        {
            var along = variables.Count > 1 ? Line(line) : OnAxis;
            foreach (var place in new KinkSearch([.. kinks.Values], along, budget).PlacesBetween(reach))
            {
                yield return along(place);
            }
        }
    }

    private static SamplePoint OnAxis(Rational place) => _ => place;

    private static Func<Rational, SamplePoint> Line(int number) => place => variable =>
        SamplePoints.At((3 * number) + 1, variable) + (place * SamplePoints.At((3 * number) + 2, variable));

    // By their spelling, so that what both formulas have is looked at once.
    private static void Collect(Expression expression, Dictionary<string, Expression> kinks)
    {
        foreach (var kink in Of(expression).Where(IsOpen))
        {
            if (kinks.Count < MostKinks)
            {
                kinks.TryAdd(Printer.Plain(kink), kink);
            }
        }

        foreach (var child in ExpressionTree.Children(expression))
        {
            Collect(child, kinks);
        }
    }

    private static IEnumerable<Expression> Of(Expression expression) => expression switch
    {
        Power { Exponent: not Number { Value.IsInteger: true }, Base: not Symbol and var radicand } => [radicand, .. BasesOfSquares(radicand)],
        Application { Function: "min" or "max", Arguments: var chosen } => chosen.SelectMany((a, i) => chosen.Skip(i + 1).Select(b => new Sum([a, new Negation(b)]))),
        Application { Function: "abs" or "arcsin" or "arccos" or "arctan" or "arccot" or "arcsec" or "arccsc", Arguments: [var argument] } => [argument],
        _ => [],
    };

    // A square only touches zero, which is harder to see than a change of sign.
    private static IEnumerable<Expression> BasesOfSquares(Expression radicand) => radicand switch
    {
        Power { Exponent: Number { Value: { IsInteger: true, Numerator.IsEven: true } }, Base: var squared } => [squared],
        Product or Fraction => ExpressionTree.Children(radicand).SelectMany(BasesOfSquares),
        _ => [],
    };

    private static bool IsOpen(Expression expression) => ExpressionTree.Any(expression, e => e is Symbol);

    // Gathers the variables, and the bits of all numbers together.
    private static int Survey(Expression expression, HashSet<string> variables)
    {
        if (expression is Symbol symbol)
        {
            variables.Add(symbol.Name);
        }

        var bits = expression is Number number ? (int)Math.Min(MostReach, number.Value.Bits) : 0;
        foreach (var child in ExpressionTree.Children(expression))
        {
            bits = Math.Min(MostReach, bits + Survey(child, variables));
        }

        return bits;
    }
}
