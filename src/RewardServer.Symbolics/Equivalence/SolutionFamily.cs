using RewardServer.Symbolics.Expressions;
using RewardServer.Symbolics.Rewriting;

namespace RewardServer.Symbolics.Equivalence;

/// <summary>
/// A family of solutions over the integers, as <c>x = \pm\frac{\pi}{3} + 2\pi k, k \in \mathbb{Z}</c>: progressions, what they are the values of, and whether they
/// are what the variable is not. What its parameter is called says nothing, and one of two answers may leave out that it is an integer.
/// </summary>
internal sealed class SolutionFamily
{
    // Letters that stand for an integer where the other side says so of its own.
    private const string UsualParameters = "knmlj";

    private readonly Budget _budget;
    private readonly HashSet<string> _parameters = [];
    private readonly List<Piece> _pieces = [];
    private string? _name;
    private bool? _excluded;

    private SolutionFamily(Budget budget) => _budget = budget;

    /// <summary>Whether both are the same family; null where neither says that its parameter is an integer, or one is of another kind.</summary>
    public static bool? AreEqual(Answer gold, Answer prediction, Budget budget)
    {
        if (!HasClause(gold) && !HasClause(prediction))
        {
            return null;
        }

        var (left, right) = (new SolutionFamily(budget), new SolutionFamily(budget));
        if (!left.Read(gold) || !right.Read(prediction) || left.Members() is not { } expected || right.Members() is not { } given)
        {
            return null;
        }

        return Progressions.AreEqual(expected, given, budget) is { } same
            ? same && left._excluded == right._excluded && (left._name is null || right._name is null || left._name == right._name) : null;
    }

    private static bool HasClause(Answer answer) => answer switch
    {
        ElementsAnswer { Kind: CollectionKind.List or CollectionKind.Alternatives } list => list.Elements.Any(e => ParameterOf(e) is not null || e is SetBuilderAnswer && HasClause(e)),
        SetBuilderAnswer builder => builder.Conditions.Any(c => ParameterOf(c) is { } parameter && parameter != builder.Variable),
        SetOperationAnswer operation => operation.Operands.Any(HasClause),
        RelationAnswer { Operators: ['∈'], Operands: [_, var set] } => HasClause(set),
        _ => false,
    };

    // "k ∈ ℤ"
    private static string? ParameterOf(Answer answer) =>
        answer is RelationAnswer { Operators: ['∈'], Labels: [{ } parameter, _], Operands: [_, NamedAnswer { Name: nameof(ConstantKind.Integers) }] } ? parameter : null;

    private bool Read(Answer answer) => answer switch
    {
        _ when ParameterOf(answer) is { } parameter => _parameters.Add(parameter) || true,
        ElementsAnswer { Kind: not CollectionKind.Tuple, Elements: var elements } => elements.All(Read),
        ScalarAnswer { Unit: null, Numeral: null } scalar => Add(new(scalar.Value, null, false, false)),
        IntervalAnswer { Low: ScalarAnswer { Unit: null } low, High: ScalarAnswer { Unit: null } high } interval => Add(new(low.Value, high.Value, interval.LowClosed, interval.HighClosed)),
        ElementsAnswer { Kind: CollectionKind.Tuple, Elements: [ScalarAnswer { Unit: null } low, ScalarAnswer { Unit: null } high] } => Add(new(low.Value, high.Value, false, false)),
        RelationAnswer { Operators: ['=' or '≠'], Labels: [{ } name, _], Operands: [_, var value] } relation => Named(name) && Excluded(relation.Operators[0] == '≠') && ReadValue(value),
        RelationAnswer { Operators: [_, _] } chain => Intervals.Of(chain) is ({ } name, { } interval) && Named(name) && Read(interval),
        RelationAnswer { Operators: ['∈'], Labels: [{ } name, _], Operands: [_, SetBuilderAnswer or SetOperationAnswer or IntervalAnswer or ElementsAnswer { Kind: CollectionKind.Tuple }] } relation => Named(name) && Read(relation.Operands[1]),
        SetBuilderAnswer { Element: { } element } builder => Read(element) && builder.Conditions.All(c => ParameterOf(c) is not null && Read(c)),
        SetBuilderAnswer builder => Named(builder.Variable) && builder.Conditions.Where(c => !IsReal(c, builder.Variable)).All(Read),
        SetOperationAnswer { Operator: '∪' } union => union.Operands.All(Read),
        SetOperationAnswer { Operator: '\\', Operands: [NamedAnswer { Name: nameof(ConstantKind.Reals) }, var rest] } => Excluded(true) && Read(rest),
        _ => false,
    };

    private bool ReadValue(Answer value) => value is ScalarAnswer or ElementsAnswer { Kind: CollectionKind.List } && Read(value);

    private static bool IsReal(Answer condition, string variable) =>
        condition is RelationAnswer { Operators: ['∈'], Labels: [{ } name, _], Operands: [_, NamedAnswer { Name: nameof(ConstantKind.Reals) }] } && name == variable;

    private bool Named(string name) => (_name ??= name) == name;

    // Values that are taken and values that are excluded make no one family.
    private bool Excluded(bool excluded) => (_excluded ??= excluded) == excluded;

    private bool Add(Piece piece)
    {
        _pieces.Add(piece);
        return _excluded is not null || Excluded(false);
    }

    private List<Progression>? Members()
    {
        var members = new List<Progression>();
        foreach (var piece in _pieces)
        {
            var names = VariablesOf(piece.Low).Union(piece.High is null ? [] : VariablesOf(piece.High)).ToList();
            // "k, n ∈ ℤ": the first letter of a list of parameters stands before its clause as if it were a value.
            if (names is [var only] && piece.High is null && _parameters.Count > 0 && _pieces.Count > 1 && piece.Low.Key == Quotient.Of(Atom.Variable(only)).Key)
            {
                _parameters.Add(only);
                continue;
            }

            if (names.Count > 1 || names.Any(n => !IsParameter(n)) || MembersOf(piece, names.FirstOrDefault(string.Empty)) is not { } progressions)
            {
                return null;
            }

            members.AddRange(progressions);
        }

        return members.Count == 0 || _budget.Exhausted ? null : members;
    }

    private bool IsParameter(string name) => _parameters.Count > 0 ? _parameters.Contains(name) : name.Length == 1 && UsualParameters.Contains(name, StringComparison.Ordinal);

    private IReadOnlyList<Progression>? MembersOf(Piece piece, string parameter) => piece.High is null ? Progression.Of(piece.Low, parameter, _budget)
        : Progression.Of(piece.Low, piece.High, piece.LowClosed, piece.HighClosed, parameter, _budget) is { } intervals ? [intervals] : null;

    private static List<string> VariablesOf(Quotient formula)
    {
        var names = new List<string>();
        foreach (var factor in formula.Numerator.Terms.Concat(formula.Denominator.Terms).SelectMany(t => t.Monomial.Factors))
        {
            Collect(factor.Atom, names);
        }

        return names;
    }

    private static void Collect(Atom atom, List<string> names)
    {
        if (atom.Kind == AtomKind.Variable && atom.IsOpen && !names.Contains(atom.Key))
        {
            names.Add(atom.Key);
        }
        else if (atom is { Kind: AtomKind.Power, Arguments: [_, var exponent] })
        {
            names.AddRange(VariablesOf(exponent).Where(n => !names.Contains(n)));
        }
    }

    /// <summary>A number, or an interval, with a parameter in it.</summary>
    private readonly record struct Piece(Quotient Low, Quotient? High, bool LowClosed, bool HighClosed);
}
