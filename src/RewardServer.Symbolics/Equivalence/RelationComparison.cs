using RewardServer.Symbolics.Expressions;

namespace RewardServer.Symbolics.Equivalence;

/// <summary>
/// Compares equations and inequalities that are not sets of numbers. Both are equal up to a rational factor. A label (<c>x = 5</c> for 5) may be left out
/// or added, but two different labels are two different answers.
/// </summary>
internal sealed class RelationComparison(AnswerComparison answers, Budget budget)
{
    public bool AreEqual(Answer gold, Answer prediction)
    {
        if (gold is RelationAnswer left && prediction is RelationAnswer right && RelationsEqual(left, right))
        {
            return true;
        }

        if (OneByOne(gold, prediction) is { } both)
        {
            return answers.AreEqual(both.Gold, both.Prediction);
        }

        var (goldLabel, goldValue) = Unlabel(gold is RelationAnswer asked ? Names.WithQuantities(asked, isGold: true) : gold);
        var (label, value) = Unlabel(prediction is RelationAnswer given ? Names.WithQuantities(given, isGold: false) : prediction);
        (goldValue, value) = (AsInterval(gold, goldValue, value), AsInterval(prediction, value, goldValue));
        var sameLabel = goldLabel is null || label is null || goldLabel == label || (IsFunction(goldLabel) && IsFunction(label));
        return (sameLabel && goldValue is not (null or RelationAnswer) && value is not (null or RelationAnswer) && answers.AreEqual(goldValue, value))
            || ((goldValue is null || value is null) && RealSets.HaveSameSolutions(gold, prediction, budget))
            || ((BothSigns(gold), BothSigns(prediction)) is ({ } own, { } other) && answers.AreEqual(own, other));
    }

    // What x is in is an interval and no point, unless the other writes its own in the same brackets: "x ∈ (1, 2)" is not "1, 2".
    private static Answer? AsInterval(Answer answer, Answer? value, Answer? other) => answer is RelationAnswer { Operators: ['∈'] }
        && value is ElementsAnswer { Kind: CollectionKind.Tuple, Elements: [var low, var high] } && other is not ElementsAnswer { Kind: CollectionKind.Tuple }
        ? new IntervalAnswer(low, high, LowClosed: false, HighClosed: false) : value;

    // "3x ± 4y = 0" is two equations, for nothing else makes a list of one side.
    private static ElementsAnswer? BothSigns(Answer answer) => answer switch
    {
        RelationAnswer { Operators: ['='], Operands: [ElementsAnswer { Kind: CollectionKind.List } left, ScalarAnswer] } relation
            => new(CollectionKind.List, [.. left.Elements.Select(e => relation with { Operands = [e, relation.Operands[1]] })]),
        RelationAnswer { Operators: ['='], Operands: [ScalarAnswer, ElementsAnswer { Kind: CollectionKind.List } right] } relation
            => new(CollectionKind.List, [.. right.Elements.Select(e => relation with { Operands = [relation.Operands[0], e] })]),
        _ => null,
    };

    // A tuple of names beside values named one by one, beside names in another order, or beside a pair that must be (x, y).
    private static (Answer Gold, Answer Prediction)? OneByOne(Answer gold, Answer prediction)
    {
        var (left, right) = (Names.Spread(gold), Names.Spread(prediction));
        return left is not null && (right is not null || AreNamed(prediction)) ? (left, right ?? prediction)
            : right is not null && (AreNamed(gold) || right.Elements.All(e => Names.Of(e) is "x" or "y" or "z")) ? (gold, right)
            : null;
    }

    private static bool AreNamed(Answer answer) => answer is ElementsAnswer { Kind: CollectionKind.List } list && list.Elements.All(e => Names.Of(e) is not null);

    // What a function of x is called: y = 2x and f(x) = 2x name the same.
    private static bool IsFunction(string label) => label is "y" or "hat_y" or "f(x)" or "g(x)" or "h(x)";

    private bool RelationsEqual(RelationAnswer gold, RelationAnswer prediction) =>
        new EquationForm(budget).AreEqual(gold, prediction)
        || (!(gold.Operators is ['='] && prediction.Operators is ['=']) && (SameChain(gold, prediction) || SameChain(gold, Flip(prediction))));

    private bool SameChain(RelationAnswer gold, RelationAnswer prediction) =>
        gold.Operators.SequenceEqual(prediction.Operators) && answers.InOrder(gold.Operands, prediction.Operands);

    private static RelationAnswer Flip(RelationAnswer relation) => new(
        [.. relation.Operands.Reverse()], [.. relation.Operators.Reverse().Select(EquationForm.Flip)], [.. relation.Labels.Reverse()]);

    // The name and the value: "x = 5" is 5 by the name of x, "x > 5" is an interval, "a = b = 3" is 3 if all but the name agree.
    private (string? Label, Answer? Value) Unlabel(Answer answer)
    {
        if (answer is not RelationAnswer relation)
        {
            return (null, answer);
        }

        if (relation is { Operators: ['∈'], Labels: [{ } element, _] })
        {
            return (element, relation.Operands[1]);
        }

        return relation.Operators.All(o => o is '=' or '≈') ? OfEquation(relation) : Intervals.Of(relation);
    }

    private (string? Label, Answer? Value) OfEquation(RelationAnswer relation)
    {
        var label = relation.Labels[0] ?? relation.Labels[^1];
        var named = relation.Labels.Count(l => l is not null);
        var values = new List<Answer>();
        var rounded = true;
        for (var i = 0; i < relation.Operands.Count; i++)
        {
            // Right of ≈ stands no more than an approximation of what is left of it, unless only names are.
            var approximate = i > 0 && relation.Operators[i - 1] == '≈' && values.Count > 0;
            rounded &= !approximate || answers.Scalars.Rounds(values[^1], relation.Operands[i]);
            if (!approximate && (relation.Labels[i] is null || named == relation.Operands.Count) && !(named == relation.Operands.Count && i == 0))
            {
                values.Add(relation.Operands[i]);
            }
        }

        var agree = rounded && values.Count > 0 && values.Skip(1).All(o => answers.AreEqual(values[0], o));
        return (label, agree && (label is null || !Names.OccursIn(label, values[0])) ? values[0] : null);
    }
}
