using RewardServer.Symbolics.Expressions;
using RewardServer.Symbolics.Rewriting;

namespace RewardServer.Symbolics.Equivalence;

/// <summary>
/// Reads answers as sets of real numbers: intervals, finite sets, ℝ, ∅, what operators make of them, and conditions on one variable, each
/// linear in it. "or" joins conditions, "and" and a comma intersect them; a comma between conditions that exclude each other joins.
/// </summary>
internal sealed class RealSets(Budget budget)
{
    private const int MostIntegers = 1_000;

    // One comparison of conditions costs about as much as so many steps of arithmetic.
    private const int Cost = 16;

    private string? _variable;
    private bool _integersOnly;

    /// <summary>Whether both are the same set of numbers; null where one is not such a set, or neither is more than a list.</summary>
    public static bool? AreEqual(Answer gold, Answer prediction, Budget budget)
    {
        if ((!IsSet(gold) && !IsSet(prediction)) || !budget.Spend(Cost))
        {
            return null;
        }

        var (left, right) = (new RealSets(budget), new RealSets(budget));
        return left.Whole(gold) is not { } a || right.Whole(prediction) is not { } b ? null
            : (left._variable is null || right._variable is null || left._variable == right._variable) && a.SameAs(b, budget);
    }

    private static bool IsSet(Answer answer) => answer switch
    {
        IntervalAnswer or SetOperationAnswer or SetBuilderAnswer => true,
        NamedAnswer { Name: nameof(ConstantKind.Reals) or nameof(ConstantKind.EmptySet) } => true,
        RelationAnswer relation => relation.Operators.Any(o => o is not ('=' or '≈')) && (relation.Operators is not ['∈'] || IsSet(relation.Operands[1])),
        ElementsAnswer { Kind: CollectionKind.List or CollectionKind.Alternatives } list => list.Elements.Any(IsSet),
        _ => false,
    };

    private RealSet? Whole(Answer answer) => Of(answer) is { } set ? _integersOnly ? set.Integers(MostIntegers) : set : null;

    private RealSet? Of(Answer answer) => answer switch
    {
        NamedAnswer { Name: nameof(ConstantKind.Reals) } => RealSet.All,
        NamedAnswer { Name: nameof(ConstantKind.EmptySet) } => RealSet.Empty,
        NamedAnswer { Name: nameof(ConstantKind.Integers) } => OnlyIntegers(RealSet.All),
        NamedAnswer { Name: nameof(ConstantKind.Naturals) } => OnlyIntegers(RealSet.Between(new(Quotient.Zero, After: true), Cut.End, budget)),
        IntervalAnswer interval => Between(interval.Low, interval.High, interval.LowClosed, interval.HighClosed),
        ElementsAnswer { Kind: CollectionKind.Tuple, Elements: [var low, var high] } => Between(low, high, lowClosed: false, highClosed: false),
        ElementsAnswer { Kind: CollectionKind.Set, Elements: var points } => Fold(points.Select(PointOf), Either),
        ElementsAnswer { Kind: CollectionKind.Alternatives, Elements: var cases } => Fold(cases.Select(Of), Either),
        ElementsAnswer { Kind: CollectionKind.List, Elements: var all } => OfList(all),
        SetOperationAnswer operation => Fold(operation.Operands.Select(Of), operation.Operator switch { '∪' => Either, '∩' => Both, _ => Without }),
        SetBuilderAnswer builder => Named(builder.Variable) ? Fold(builder.Conditions.Select(Of), Both) : null,
        RelationAnswer relation => OfRelation(relation),
        _ => null,
    };

    private static bool Either(bool a, bool b) => a || b;

    private static bool Both(bool a, bool b) => a && b;

    private static bool Without(bool a, bool b) => a && !b;

    private RealSet? Fold(IEnumerable<RealSet?> sets, Func<bool, bool, bool> rule)
    {
        RealSet? folded = null;
        foreach (var set in sets)
        {
            folded = set is null ? null : folded is null ? set : RealSet.Combine(folded, set, rule, budget);
            if (folded is null)
            {
                return null;
            }
        }

        return folded;
    }

    private RealSet? OfList(IReadOnlyList<Answer> elements)
    {
        var sets = elements.Select(Of).ToList();
        var conditions = elements.All(e => e is RelationAnswer);
        var common = conditions ? Fold(sets, Both) : null;
        return common is { IsEmpty: false } ? common : Fold(sets, Either);
    }

    private RealSet? OnlyIntegers(RealSet? set)
    {
        _integersOnly = true;
        return set;
    }

    private bool Named(string variable) => (_variable ??= variable) == variable;

    private RealSet? PointOf(Answer answer) =>
        answer is ScalarAnswer { Unit: null, Numeral: null } scalar && Enclosure.IsReal(scalar.Value, budget) ? RealSet.Point(scalar.Value) : null;

    private RealSet? Between(Answer low, Answer high, bool lowClosed, bool highClosed) =>
        CutAt(low, after: !lowClosed) is { } from && CutAt(high, after: highClosed) is { } to ? RealSet.Between(from, to, budget) : null;

    private static Cut? CutAt(Answer end, bool after) => end switch
    {
        NamedAnswer { Name: nameof(ConstantKind.Infinity) } => Cut.End,
        NamedAnswer { Name: "-" + nameof(ConstantKind.Infinity) } => Cut.Start,
        ScalarAnswer { Unit: null } scalar => new Cut(scalar.Value, after),
        _ => null,
    };

    private RealSet? OfRelation(RelationAnswer relation) => relation is { Operators: ['∈'], Labels: [{ } element, _] }
        ? Named(element) ? Of(relation.Operands[1]) : null
        : Fold(relation.Operators.Select((o, i) => Condition(relation.Operands[i], o, relation.Operands[i + 1])), Both);

    private RealSet? Condition(Answer left, char mark, Answer right) => (left, right) switch
    {
        (ScalarAnswer { Unit: null } a, ScalarAnswer { Unit: null } b) when InBars(a) is { } inside => WithBars(inside, mark, b.Value),
        (ScalarAnswer { Unit: null } a, ScalarAnswer { Unit: null } b) when InBars(b) is { } inside => WithBars(inside, EquationForm.Flip(mark), a.Value),
        (ScalarAnswer { Unit: null } a, ScalarAnswer { Unit: null } b) => Linear(Quotient.Subtract(a.Value, b.Value, budget), mark),
        // "x < ∞" says no more than that x is a number.
        (NamedAnswer { Name: "-" + nameof(ConstantKind.Infinity) }, ScalarAnswer) when mark is '<' or '≤' => RealSet.All,
        (NamedAnswer { Name: nameof(ConstantKind.Infinity) }, ScalarAnswer) when mark is '>' or '≥' => RealSet.All,
        (ScalarAnswer, NamedAnswer { Name: nameof(ConstantKind.Infinity) }) when mark is '<' or '≤' => RealSet.All,
        (ScalarAnswer, NamedAnswer { Name: "-" + nameof(ConstantKind.Infinity) }) when mark is '>' or '≥' => RealSet.All,
        _ => null,
    };

    private static Quotient? InBars(ScalarAnswer answer) => answer.Value is
        { IsPolynomial: true, Numerator.Terms: [{ Coefficient.IsOne: true, Monomial.Factors: [{ Exponent.IsOne: true, Atom: { Function: "abs", Arguments: [var inside] } }] }] } ? inside : null;

    // |u| < b is −b < u < b, and |u| > b what lies outside.
    private RealSet? WithBars(Quotient inside, char mark, Quotient bound) => mark is '=' or '≠' ? null
        : Fold([Linear(Quotient.Subtract(inside, bound, budget), mark), Linear(Quotient.Add(inside, bound, budget), EquationForm.Flip(mark))], mark is '<' or '≤' ? Both : Either);

    // Where a·x + b stands in the relation to zero.
    private RealSet? Linear(Quotient difference, char mark)
    {
        if (!difference.IsPolynomial || LinearForm.Of(difference.Numerator, budget) is not { } form || !Named(form.Variable))
        {
            return null;
        }

        var root = Quotient.Multiply(Quotient.Of(form.Constant.Negate()), Quotient.Of(form.Slope).Invert(budget), budget);
        var rises = Enclosure.Sign(Quotient.Of(form.Slope), budget) > 0;
        return mark switch
        {
            '<' or '≤' => Ray(root, before: rises, mark == '≤'),
            '>' or '≥' => Ray(root, before: !rises, mark == '≥'),
            '=' => RealSet.Point(root),
            '≠' => RealSet.Combine(RealSet.All, RealSet.Point(root), Without, budget),
            _ => null,
        };
    }

    private RealSet? Ray(Quotient end, bool before, bool closed) => before
        ? RealSet.Between(Cut.Start, new(end, After: closed), budget)
        : RealSet.Between(new(end, After: !closed), Cut.End, budget);
}
