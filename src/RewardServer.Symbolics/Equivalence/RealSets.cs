using RewardServer.Symbolics.Expressions;
using RewardServer.Symbolics.Rewriting;

namespace RewardServer.Symbolics.Equivalence;

/// <summary>
/// Reads answers as sets of real numbers: intervals, finite sets, ℝ, ∅, what operators make of them, and conditions on one variable.
/// "or" joins conditions, "and" and a comma intersect them; a comma between conditions that exclude each other joins.
/// </summary>
internal sealed class RealSets(Budget budget)
{
    private const int MostIntegers = 1_000;

    // One comparison of conditions costs about as much as so many steps of arithmetic.
    private const int Cost = 16;

    // Where the roots lie too close for this many steps, the conditions are compared as they are written.
    private const int MostSteps = Limits.Steps / 3;

    private string? _variable;
    private bool _integersOnly;
    private bool _onlyRealRoots = true;

    /// <summary>Whether both are the same set of numbers; null where one is not such a set, or neither is more than a list.</summary>
    public static bool? AreEqual(Answer gold, Answer prediction, Budget budget)
    {
        if ((!IsSet(gold) && !IsSet(prediction)) || !budget.Spend(Cost))
        {
            return null;
        }

        return budget.Try<bool>(MostSteps, part => SameSets(gold, prediction, part));
    }

    /// <summary>Whether two equations, or lists of such, in the same single variable have the same solutions, all of them real: x² = 4 says what x = ±2 does.</summary>
    public static bool HaveSameSolutions(Answer gold, Answer prediction, Budget budget) =>
        AreEquations(gold) && AreEquations(prediction) && budget.Spend(Cost) && budget.Try<bool>(MostSteps, part => SameSets(gold, prediction, part)) is true;

    private static bool? SameSets(Answer gold, Answer prediction, Budget budget)
    {
        var (left, right) = (new RealSets(budget), new RealSets(budget));
        if (left.Whole(gold) is not { } a || right.Whole(prediction) is not { } b || !left._onlyRealRoots || !right._onlyRealRoots)
        {
            return null;
        }

        // Conditions that always hold, or never, say nothing that could be compared with another condition.
        return (a.IsAll || a.IsEmpty) && IsCondition(gold) && IsCondition(prediction) ? null
            : (left._variable is null || right._variable is null || left._variable == right._variable) && a.SameAs(b, budget);
    }

    private static bool IsCondition(Answer answer) => answer is RelationAnswer { Operators: not ['∈'] } || (answer is ElementsAnswer list && list.Elements.All(IsCondition));

    private static bool AreEquations(Answer answer) => answer is RelationAnswer { Operators: ['='] }
        || (answer is ElementsAnswer { Kind: CollectionKind.List or CollectionKind.Alternatives } list && list.Elements.All(AreEquations));

    private static bool IsSet(Answer answer) => answer switch
    {
        IntervalAnswer or SetOperationAnswer or SetBuilderAnswer => true,
        NamedAnswer { Name: nameof(ConstantKind.Reals) or nameof(ConstantKind.EmptySet) } => true,
        RelationAnswer relation => relation.Operators.Any(o => o is not ('=' or '≈')) && (relation.Operators is not ['∈'] || IsSet(relation.Operands[1])),
        ElementsAnswer { Kind: CollectionKind.List or CollectionKind.Alternatives or CollectionKind.Conjunction } list => list.Elements.Any(IsSet),
        _ => false,
    };

    private RealSet? Whole(Answer answer) => Of(answer) is { } set ? _integersOnly ? set.Integers(MostIntegers, budget) : set : null;

    private RealSet? Of(Answer answer) => answer switch
    {
        NamedAnswer { Name: nameof(ConstantKind.Reals) } => RealSet.All,
        NamedAnswer { Name: nameof(ConstantKind.EmptySet) } => RealSet.Empty,
        NamedAnswer { Name: nameof(ConstantKind.Integers) } => OnlyIntegers(RealSet.All),
        NamedAnswer { Name: nameof(ConstantKind.Naturals) } => OnlyIntegers(RealSet.Between(new(RealNumber.Of(Quotient.Zero), After: true), Cut.End, budget)),
        IntervalAnswer interval => Between(interval.Low, interval.High, interval.LowClosed, interval.HighClosed),
        ElementsAnswer { Kind: CollectionKind.Tuple, Elements: [var low, var high] } => Between(low, high, lowClosed: false, highClosed: false),
        ElementsAnswer { Kind: CollectionKind.Set, Elements: var points } => Fold(points.Select(PointOf), Either),
        ElementsAnswer { Kind: CollectionKind.Alternatives, Elements: var cases } => Fold(cases.Select(Alone), Either),
        ElementsAnswer { Kind: CollectionKind.Conjunction, Elements: var conditions } => Fold(conditions.Select(Of), Both),
        ElementsAnswer { Kind: CollectionKind.List, Elements: var all } => OfList(all),
        SetOperationAnswer operation => operation.Operator == '∩' ? Fold(operation.Operands.Select(Of), Both) : Fold(operation.Operands.Select(Alone), operation.Operator == '∪' ? Either : Without),
        SetBuilderAnswer { Element: null } builder => Named(builder.Variable) ? Fold(builder.Conditions.Select(Of), Both) : null,
        RelationAnswer relation => OfRelation(relation),
        _ => null,
    };

    // That one of the sets is of integers says nothing of the others.
    private RealSet? Alone(Answer answer)
    {
        var before = _integersOnly;
        _integersOnly = false;
        var set = Whole(answer);
        _integersOnly = before;
        return set;
    }

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
        elements = Continued(elements);
        var sets = elements.Select(Of).ToList();
        var conditions = elements.All(e => e is RelationAnswer);
        var common = conditions ? Fold(sets, Both) : null;
        return common is { IsEmpty: false } ? common : Fold(sets, Either);
    }

    // In "x ≠ 1, 2" the second number is excluded too.
    private static IReadOnlyList<Answer> Continued(IReadOnlyList<Answer> elements) =>
        elements[0] is RelationAnswer { Operators: ['≠'], Labels: [not null, _] } first && elements.Skip(1).All(e => e is ScalarAnswer)
            ? [first, .. elements.Skip(1).Select(e => first with { Operands = [first.Operands[0], e], Labels = [first.Labels[0], null] })] : elements;

    private RealSet? OnlyIntegers(RealSet? set)
    {
        _integersOnly = true;
        return set;
    }

    private bool Named(string variable) => (_variable ??= variable) == variable;

    private RealSet? PointOf(Answer answer) =>
        answer is ScalarAnswer { Unit: null, Numeral: null } scalar && Enclosure.IsReal(scalar.Value, budget) ? RealSet.Point(scalar.Value) : null;

    private RealSet? Between(Answer low, Answer high, bool lowClosed, bool highClosed) =>
        !(low is NamedAnswer && lowClosed) && !(high is NamedAnswer && highClosed) && CutAt(low, after: !lowClosed) is { } from && CutAt(high, after: highClosed) is { } to ? RealSet.Between(from, to, budget) : null;

    private static Cut? CutAt(Answer end, bool after) => end switch
    {
        NamedAnswer { Name: nameof(ConstantKind.Infinity) } => Cut.End,
        NamedAnswer { Name: "-" + nameof(ConstantKind.Infinity) } => Cut.Start,
        ScalarAnswer { Unit: null } scalar => new Cut(RealNumber.Of(scalar.Value), after),
        _ => null,
    };

    private RealSet? OfRelation(RelationAnswer relation) => relation is { Operators: ['∈'], Labels: [{ } element, _] }
        ? Named(element) ? Of(relation.Operands[1]) : null
        : Fold(relation.Operators.Select((o, i) => Condition(relation.Operands[i], o, relation.Operands[i + 1])), Both);

    private RealSet? Condition(Answer left, char mark, Answer right) => (left, right) switch
    {
        (ScalarAnswer { Unit: null } a, ScalarAnswer { Unit: null } b) => Solve(a, mark, b),
        // "x ≠ ±3" speaks of both, and "x = ±3" of either.
        (ScalarAnswer { Unit: null }, ElementsAnswer { Kind: CollectionKind.List, Elements: var values }) when mark is '=' or '≠'
            => Fold(values.Select(v => v is ScalarAnswer ? Condition(left, mark, v) : null), mark == '=' ? Either : Both),
        // "x < ∞" says no more than that x is a number.
        (NamedAnswer { Name: "-" + nameof(ConstantKind.Infinity) }, ScalarAnswer) when mark is '<' or '≤' => RealSet.All,
        (NamedAnswer { Name: nameof(ConstantKind.Infinity) }, ScalarAnswer) when mark is '>' or '≥' => RealSet.All,
        (ScalarAnswer, NamedAnswer { Name: nameof(ConstantKind.Infinity) }) when mark is '<' or '≤' => RealSet.All,
        (ScalarAnswer, NamedAnswer { Name: "-" + nameof(ConstantKind.Infinity) }) when mark is '>' or '≥' => RealSet.All,
        _ => null,
    };

    private RealSet? Solve(ScalarAnswer left, char mark, ScalarAnswer right)
    {
        if (UnivariateCondition.VariableOf(left, right) is not { } variable || !Named(variable))
        {
            return null;
        }

        var condition = new UnivariateCondition(variable, budget);
        var set = condition.Solve(left, mark, right);
        _onlyRealRoots &= condition.HasOnlyRealRoots;
        return set;
    }
}
