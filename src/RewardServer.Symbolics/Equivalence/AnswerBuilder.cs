using RewardServer.Symbolics.Evaluation;
using RewardServer.Symbolics.Expressions;
using RewardServer.Symbolics.Operations;
using RewardServer.Symbolics.Rewriting;

namespace RewardServer.Symbolics.Equivalence;

/// <summary>Brings an expression to the form in which answers are compared.</summary>
internal sealed class AnswerBuilder(Budget budget)
{
    /// <summary>Why the answer has no value; null where it has one.</summary>
    public string? Undefined { get; private set; }

    /// <summary>The answer. Believe it only where <see cref="Undefined"/> is null and the budget is not exhausted.</summary>
    public Answer Build(Expression expression) => expression switch
    {
        Collection collection => new ElementsAnswer(collection.Kind, Flatten(collection)),
        Interval interval => new IntervalAnswer(Build(interval.Low), Build(interval.High), interval.LowClosed, interval.HighClosed),
        SetOperation operation => new SetOperationAnswer(operation.Operator, BuildAll(operation.Operands)),
        Relation relation => new RelationAnswer(BuildAll(relation.Operands), relation.Operators, [.. relation.Operands.Select(LabelOf)]),
        Ratio ratio => new RatioAnswer(BuildAll(ratio.Parts), ratio.MayBeClock),
        Matrix matrix => new MatrixAnswer([.. matrix.Rows.Select(BuildAll)]),
        Text text => new TextAnswer(text.Folded),
        Clock clock => new ClockAnswer(clock.Minutes, clock.HalfKnown),
        Date date => new DateAnswer(date.Year, date.Month, date.Day),
        Choice choice => new ChoiceAnswer(choice.Letter, choice.Content is { } content ? Build(content) : null),
        Ambiguous ambiguous => new AmbiguousAnswer(Build(ambiguous.Usual), Build(ambiguous.Other)),
        SetBuilder { Variable: Symbol variable } builder => new SetBuilderAnswer(variable.Name, BuildAll(builder.Conditions)),
        SetBuilder builder => new SetBuilderAnswer(string.Empty, BuildAll(builder.Conditions)) { Element = Build(builder.Variable) },
        Constant { Kind: not (ConstantKind.Pi or ConstantKind.Euler or ConstantKind.Imaginary) } named => new NamedAnswer(named.Kind.ToString()),
        Negation { Operand: Constant { Kind: ConstantKind.Infinity } } => new NamedAnswer("-" + ConstantKind.Infinity),
        _ => Scalar(expression),
    };

    private Answer[] BuildAll(IReadOnlyList<Expression> expressions) => [.. expressions.Select(Build)];

    // "1, ±2" has three elements.
    private List<Answer> Flatten(Collection collection)
    {
        var elements = new List<Answer>();
        foreach (var element in BuildAll(collection.Elements))
        {
            var spread = element is ElementsAnswer { Kind: CollectionKind.List } && collection.Kind != CollectionKind.Tuple;
            elements.AddRange(spread ? ((ElementsAnswer)element).Elements : [element]);
        }

        return elements;
    }

    private Answer Scalar(Expression expression)
    {
        var (written, unit) = TakeUnit(expression);
        var value = new OperationRules(budget).CarryOut(written);
        var context = new RewriteContext(budget);
        var plus = Canonicalizer.Canonicalize(value, context);
        Undefined ??= context.Undefined;
        if (!context.HasPlusMinus)
        {
            return unit is null && Components(value, plus) is { } vector ? vector : new ScalarAnswer(plus, unit, value as BaseNumeral, new Formula(value, 1));
        }

        context.PlusMinusSign = -1;
        var minus = Canonicalizer.Canonicalize(value, context);
        Undefined ??= context.Undefined;
        return new ElementsAnswer(CollectionKind.List, [new ScalarAnswer(plus, unit, null, new Formula(value, 1)), new ScalarAnswer(minus, unit, null, new Formula(value, -1))]);
    }

    private static readonly string[] Axes = ["hat_i", "hat_j", "hat_k"];

    // "3î + 4ĵ" is the vector (3, 4): each term has one unit vector, and the components are what stands before them.
    private ElementsAnswer? Components(Expression value, Quotient canonical)
    {
        if (!canonical.IsPolynomial || canonical.Numerator.IsZero || !canonical.Numerator.Terms.All(t => t.Monomial.Factors.Count(IsAxis) == 1))
        {
            return null;
        }

        var inSpace = canonical.Numerator.Terms.Any(t => t.Monomial.Factors.Any(f => f.Atom.Key == Axes[2]));
        return new(CollectionKind.Tuple, [.. Axes.Take(inSpace ? 3 : 2).Select(own => Scalar(Axes.Aggregate(value, (sum, axis) =>
            ExpressionTree.Replace(sum, new Symbol(axis), new Number(axis == own ? 1 : 0)))))]);
    }

    private static bool IsAxis(Factor factor) => factor.Exponent.IsOne && Axes.Contains(factor.Atom.Key);

    // The unit of the whole, also from under a sign.
    private static (Expression Value, Unit? Unit) TakeUnit(Expression expression) => expression switch
    {
        Quantity quantity => (quantity.Value, quantity.Unit),
        Negation { Operand: Quantity quantity } => (new Negation(quantity.Value), quantity.Unit),
        PlusMinus { Operand: Quantity quantity } both => (both with { Operand = quantity.Value }, quantity.Unit),
        _ => (expression, null),
    };

    private static string? LabelOf(Expression expression) => expression switch
    {
        Symbol symbol => symbol.Name,
        Application { Function: [>= 'f' and <= 'h'] or [>= 'f' and <= 'h', .., '\''], Arguments: [Symbol argument] } application => $"{application.Function}({argument.Name})",
        SetOperation { Operator: var mark, Operands: var sets } when sets.All(s => s is Symbol) => string.Join(mark, sets.Select(s => ((Symbol)s).Name)),
        Collection { Kind: CollectionKind.Tuple, Elements: var names } when names.All(n => n is Symbol)
            => $"({string.Join(',', names.Select(n => ((Symbol)n).Name))})",
        _ => null,
    };
}
