using RewardServer.Symbolics.Equivalence;

namespace RewardServer.Symbolics.Rewriting;

/// <summary>What the rules share: the budget, and the first reason found why the expression has no value.</summary>
internal sealed class RewriteContext(Budget budget)
{
    public Budget Budget { get; } = budget;

    /// <summary>Why the expression has no value; null while none is found.</summary>
    public string? Undefined { get; private set; }

    /// <summary>The sign that ± takes.</summary>
    public int PlusMinusSign { get; set; } = 1;

    /// <summary>Whether a ± was met.</summary>
    public bool HasPlusMinus { get; set; }

    /// <summary>Notes that the expression has no value, and gives one to go on with, which nobody reads.</summary>
    public Quotient HasNoValue(string reason)
    {
        Undefined ??= reason;
        return Quotient.Zero;
    }

    public Quotient Add(Quotient a, Quotient b) => Quotient.Add(a, b, Budget);

    /// <summary>All terms at once, for one by one a long sum would be copied for each.</summary>
    public Quotient Sum(IReadOnlyList<Quotient> terms) => terms.Where(t => !t.IsPolynomial).Aggregate(
        Quotient.Of(Polynomial.Sum(terms.Where(t => t.IsPolynomial).Select(t => t.Numerator), Budget)), Add);

    public Quotient Multiply(Quotient a, Quotient b) => Quotient.Multiply(a, b, Budget);

    public Quotient Divide(Quotient a, Quotient b) => b.IsZero ? HasNoValue("it divides by zero")
        : Enclosure.MayVanish(b.Numerator, Budget)
            ? HasNoValue(Enclosure.IsProvenZero(b.Numerator, Budget) ? "it divides by zero" : "it cannot be told whether it divides by zero")
        : Quotient.Multiply(a, b.Invert(Budget), Budget);
}
