using RewardServer.Symbolics.Evaluation;
using RewardServer.Symbolics.Expressions;
using RewardServer.Symbolics.Rewriting;

namespace RewardServer.Symbolics.Equivalence;

/// <summary>
/// Compares two answers by their shapes. Gold and prediction are not symmetric: the gold says what kind of answer is asked for, and
/// the prediction may leave out what the gold makes plain (a name, a unit, brackets), but may not offer more than one answer.
/// </summary>
internal sealed class AnswerComparison(Budget budget, MathOptions options)
{
    private static readonly ScalarAnswer One = new(Quotient.One, null, null, new Formula(new Number(1), 1));

    /// <summary>How numbers and formulas are compared, and what decided.</summary>
    public ScalarComparison Scalars { get; } = new(budget, options);

    /// <summary>Whether the prediction offered several different answers where one was asked for.</summary>
    public bool Hedged { get; private set; }

    /// <summary>Whether words decided.</summary>
    public bool ByText { get; private set; }

    /// <summary>Whether the prediction is the gold answer.</summary>
    public bool AreEqual(Answer gold, Answer prediction)
    {
        if (!budget.Spend())
        {
            return false;
        }

        if (OtherReading(gold, prediction) is { } usual)
        {
            return AreEqual(usual.Gold, usual.Prediction);
        }

        if (gold is ChoiceAnswer || prediction is ChoiceAnswer || Choices.IsAskedFor(gold))
        {
            return ChoicesEqual(gold, prediction);
        }

        if (gold is ClockAnswer or DateAnswer || prediction is ClockAnswer or DateAnswer)
        {
            return Moments.AreEqual(gold, prediction) || (prediction is ElementsAnswer moments && OneAmong(gold, moments));
        }

        if (gold is TextAnswer || prediction is TextAnswer)
        {
            return TextEqual(gold, prediction) || Choices.AreSame(gold, prediction) || (prediction is ElementsAnswer candidates && OneAmong(gold, candidates));
        }

        if (UnitVectors.Align(gold, prediction, budget) is { } components)
        {
            return AreEqual(components.Gold, components.Prediction);
        }

        if (SolutionFamily.AreEqual(gold, prediction, budget) is { } sameFamily)
        {
            return sameFamily;
        }

        // The ends of two intervals may still agree by value.
        if (RealSets.AreEqual(gold, prediction, budget) is { } sameSet && (sameSet || (gold, prediction) is not (IntervalAnswer, IntervalAnswer)))
        {
            return sameSet;
        }

        if (gold is RelationAnswer || prediction is RelationAnswer)
        {
            return new RelationComparison(this, budget).AreEqual(gold, prediction);
        }

        return gold switch
        {
            ElementsAnswer elements when ByName(prediction, gold) is var given => ElementsEqual(
                ReferenceEquals(given, prediction) || Names.AreIndices(prediction) ? ByName(elements, prediction) : elements with { Kind = CollectionKind.Tuple }, given),
            _ when prediction is ElementsAnswer several => OneAmong(gold, several),
            ScalarAnswer { Unit: null } share when prediction is RatioAnswer { MayBeClock: false, Parts: [var part, var whole] }
                => Products.AreEqual((share, whole), (part, One), budget),
            ScalarAnswer scalar when prediction is MatrixAnswer unit => IdentityMatrix.IsNamedBy(scalar, unit),
            ScalarAnswer scalar => prediction is ScalarAnswer other && (Scalars.AreEqual(scalar, other) || (UnitVectors.AlignMarked(scalar, other, budget) is { } pair && AreEqual(pair.Gold, pair.Prediction))),
            NamedAnswer named => named == prediction,
            IntervalAnswer interval => prediction is IntervalAnswer other && IntervalsEqual(interval, other),
            SetOperationAnswer operation => prediction is SetOperationAnswer other && OperationsEqual(operation, other),
            SetBuilderAnswer builder => prediction is SetBuilderAnswer other && BuildersEqual(builder, other),
            RatioAnswer ratio => prediction is RatioAnswer other && RatiosEqual(ratio, other),
            MatrixAnswer unit when prediction is ScalarAnswer name => IdentityMatrix.IsNamedBy(name, unit),
            MatrixAnswer matrix => (prediction is MatrixAnswer other && MatricesEqual(matrix, other))
                || (prediction is IntervalAnswer { LowClosed: true, HighClosed: true } pair && VectorEqual(matrix, [pair.Low, pair.High])),
            _ => false,
        };
    }

    /// <summary>Whether two lists have equal elements in the same order.</summary>
    public bool InOrder(IReadOnlyList<Answer> gold, IReadOnlyList<Answer> prediction) =>
        gold.Count == prediction.Count && gold.Zip(prediction).All(pair => AreEqual(pair.First, pair.Second));

    // Of a text with two readings the usual one counts; a prediction may be the number where the gold is one.
    private static (Answer Gold, Answer Prediction)? OtherReading(Answer gold, Answer prediction) => (gold, prediction) switch
    {
        (AmbiguousAnswer left, AmbiguousAnswer right) => (left.Usual, right.Usual),
        (AmbiguousAnswer left, _) => (left.Usual, prediction),
        (_, AmbiguousAnswer right) => (gold, gold is ScalarAnswer ? right.Other : right.Usual),
        _ => null,
    };

    // The letter decides, and what stands beside both letters must not contradict; without a letter, what stands beside the other one does.
    private bool ChoicesEqual(Answer gold, Answer prediction)
    {
        ByText = true;
        var (left, right) = (gold as ChoiceAnswer, prediction as ChoiceAnswer);
        if (Choices.LetterOf(gold) is { } expected && Choices.LetterOf(prediction) is { } given)
        {
            return expected == given && (left?.Content is null || right?.Content is null || AreEqual(left.Content, right.Content));
        }

        return left is null && right is null ? prediction is ElementsAnswer candidates && OneAmong(gold, candidates)
            : (left is null ? gold : left.Content) is { } goldContent && (right is null ? prediction : right.Content) is { } content && AreEqual(goldContent, content);
    }

    // Words equal words; a choice is a letter, whether it reads as a word or as a variable.
    private bool TextEqual(Answer gold, Answer prediction)
    {
        ByText = true;
        return Words(gold) is { } words && words == Words(prediction);
    }

    private static string? Words(Answer answer) => answer switch
    {
        TextAnswer text => text.Folded,
        ElementsAnswer { Kind: CollectionKind.List } list when list.Elements.All(e => Words(e) is not null) => string.Join(',', list.Elements.Select(Words)),
        ScalarAnswer { Unit: null, Value: { IsPolynomial: true, Numerator.Terms: [{ Coefficient.IsOne: true, Monomial.Factors: [{ Exponent.IsOne: true, Atom: var atom }] }] } }
            when atom.Kind is AtomKind.Variable or AtomKind.Constant or AtomKind.Imaginary => atom.Key.TrimStart('\\').ToLowerInvariant(),
        _ => null,
    };

    // One answer, several times in equal writings, is still one answer; different ones are a hedge.
    private bool OneAmong(Answer gold, ElementsAnswer several)
    {
        if (gold is MatrixAnswer matrix && several.Kind is CollectionKind.Tuple or CollectionKind.List)
        {
            return VectorEqual(matrix, several.Elements);
        }

        if (several.Kind == CollectionKind.Tuple || (several.Kind == CollectionKind.Set && gold is NamedAnswer))
        {
            return false;
        }

        var equal = several.Elements.Count(e => AreEqual(gold, e));
        Hedged |= several.Elements.Count > 1 && equal < several.Elements.Count;
        return equal == several.Elements.Count;
    }

    // Values with names beside values without: the names' alphabetical order is that of the values, as in (x, y, z).
    private static Answer ByName(Answer named, Answer other) => named is ElementsAnswer { Kind: CollectionKind.List } list
        && other is ElementsAnswer { Kind: CollectionKind.Tuple or CollectionKind.List } bare && !bare.Elements.Any(e => e is RelationAnswer)
        && list.Elements.Select(Names.Of).ToList() is var names && names.Distinct().Count() == names.Count && !names.Contains(null)
        ? new ElementsAnswer(CollectionKind.Tuple, [.. list.Elements.OrderBy(Names.Of, StringComparer.Ordinal)]) : named;

    private bool ElementsEqual(Answer gold, Answer prediction) => gold is ElementsAnswer elements && ElementsEqual(elements, prediction);

    // A row or a column is a vector, and equals the tuple of its entries; a row is not a column.
    private bool VectorEqual(MatrixAnswer gold, IReadOnlyList<Answer> entries) =>
        IsVector(gold) && InOrder([.. gold.Rows.SelectMany(r => r)], entries);

    private static bool IsVector(MatrixAnswer matrix) => matrix.Rows.Count == 1 || matrix.Rows[0].Count == 1;

    private bool ElementsEqual(ElementsAnswer gold, Answer prediction)
    {
        if (prediction is MatrixAnswer vector)
        {
            return gold.Kind == CollectionKind.Tuple && IsVector(vector) && InOrder(gold.Elements, [.. vector.Rows.SelectMany(r => r)]);
        }

        if (prediction is not ElementsAnswer several)
        {
            return gold is { Kind: not CollectionKind.Tuple, Elements: [var only] } && AreEqual(only, prediction);
        }

        if (gold.Kind == CollectionKind.Tuple || (options.OrderedLists && gold.Kind == CollectionKind.List))
        {
            return several.Kind is CollectionKind.Tuple or CollectionKind.List && InOrder(gold.Elements, several.Elements);
        }

        // A tuple is no set, and what holds together is not what holds by cases.
        if ((gold.Kind, several.Kind) is (CollectionKind.Set, CollectionKind.Tuple) or (CollectionKind.Conjunction, CollectionKind.Alternatives) or (CollectionKind.Alternatives, CollectionKind.Conjunction))
        {
            return false;
        }

        // The elements of bare lists and sets may come in any order, and brackets around a list say nothing.
        return (Names.AreOpen(gold) == Names.AreOpen(several) && AnyOrder(gold.Elements, several.Elements)) || SolvesSystem(gold, several);
    }

    // "x = 2, y = 1" for "x + y = 3, x − y = 1"; but the system is no answer where its solution is asked for.
    private bool SolvesSystem(ElementsAnswer gold, ElementsAnswer prediction) => prediction.Kind == CollectionKind.List
        && gold.Elements.Count > 1 && gold.Elements.All(e => e is RelationAnswer { Operators: ['='] }) && prediction.Elements.All(e => Names.Of(e) is not null)
        && LinearSystem.Solve(gold, budget) is { } solution && AnyOrder(solution.Elements, prediction.Elements);

    private bool AnyOrder(IReadOnlyList<Answer> gold, IReadOnlyList<Answer> prediction)
    {
        var left = prediction.ToList();
        foreach (var element in gold)
        {
            var at = left.FindIndex(candidate => !budget.Exhausted && IsSet(element) == IsSet(candidate) && AreEqual(element, candidate));
            if (at < 0)
            {
                return false;
            }

            left.RemoveAt(at);
        }

        // What repeats an element adds nothing; what is new is a guess too many.
        var extra = left.Any(candidate => !gold.Any(element => AreEqual(element, candidate)));
        Hedged |= extra;
        return !extra;
    }

    // Among elements, {3} is not 3.
    private static bool IsSet(Answer answer) => answer is ElementsAnswer { Kind: CollectionKind.Set };

    private bool IntervalsEqual(IntervalAnswer gold, IntervalAnswer prediction) =>
        gold.LowClosed == prediction.LowClosed && gold.HighClosed == prediction.HighClosed
        && AreEqual(gold.Low, prediction.Low) && AreEqual(gold.High, prediction.High);

    // Sets whose conditions are not solved: by the same conditions on the same letters.
    private bool BuildersEqual(SetBuilderAnswer gold, SetBuilderAnswer prediction) => gold.Variable == prediction.Variable && gold.Conditions.Count == prediction.Conditions.Count
        && AnyOrder(gold.Conditions, prediction.Conditions) && (gold.Element, prediction.Element) switch
        {
            (null, null) => true,
            ({ } own, { } other) => AreEqual(own, other),
            _ => false,
        };

    private bool OperationsEqual(SetOperationAnswer gold, SetOperationAnswer prediction) => gold.Operator == prediction.Operator
        && (gold.Operator == '\\' ? InOrder(gold.Operands, prediction.Operands)
            : gold.Operands.Count == prediction.Operands.Count && AnyOrder(gold.Operands, prediction.Operands));

    private bool MatricesEqual(MatrixAnswer gold, MatrixAnswer prediction) =>
        gold.Rows.Count == prediction.Rows.Count && gold.Rows.Zip(prediction.Rows).All(rows => InOrder(rows.First, rows.Second));

    // Cross-multiplied with the first parts, so that 6:2 is 3:1. What may be a time of day must be the same part by part.
    private bool RatiosEqual(RatioAnswer gold, RatioAnswer prediction)
    {
        if (gold.Parts.Count != prediction.Parts.Count || gold.MayBeClock || prediction.MayBeClock)
        {
            return InOrder(gold.Parts, prediction.Parts);
        }

        return gold.Parts.Zip(prediction.Parts).All(parts => parts is ({ } own, { } other)
            && Products.AreEqual((gold.Parts[0], other), (prediction.Parts[0], own), budget));
    }
}
