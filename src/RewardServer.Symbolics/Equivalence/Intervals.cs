using RewardServer.Symbolics.Expressions;

namespace RewardServer.Symbolics.Equivalence;

/// <summary>Reads inequalities in one variable as the intervals that they describe.</summary>
internal static class Intervals
{
    private static readonly NamedAnswer Infinity = new(ConstantKind.Infinity.ToString());
    private static readonly NamedAnswer MinusInfinity = new("-" + ConstantKind.Infinity);

    /// <summary>The variable and its interval; nulls where the relation describes none.</summary>
    public static (string? Label, Answer? Value) Of(RelationAnswer relation) => relation switch
    {
        { Operators: [var mark], Labels: [{ } variable, _], Operands: [_, var bound] } when IsOrder(mark) => (variable, Ray(mark, bound)),
        { Operators: [var mark], Labels: [_, { } variable], Operands: [var bound, _] } when IsOrder(mark) => (variable, Ray(Flip(mark), bound)),
        { Operators: ['<' or '≤', '<' or '≤'], Labels: [_, { } variable, _], Operands: [var low, _, var high] }
            => (variable, Between(low, high, relation.Operators[0] == '≤', relation.Operators[1] == '≤')),
        { Operators: ['>' or '≥', '>' or '≥'], Labels: [_, { } variable, _], Operands: [var high, _, var low] }
            => (variable, Between(low, high, relation.Operators[1] == '≥', relation.Operators[0] == '≥')),
        _ => (null, null),
    };

    private static bool IsOrder(char mark) => mark is '<' or '>' or '≤' or '≥';

    private static char Flip(char mark) => mark switch { '<' => '>', '>' => '<', '≤' => '≥', _ => '≤' };

    private static IntervalAnswer Ray(char mark, Answer bound) => mark is '<' or '≤'
        ? new(MinusInfinity, bound, LowClosed: false, HighClosed: mark == '≤')
        : new(bound, Infinity, LowClosed: mark == '≥', HighClosed: false);

    // An open interval of finite ends is written, and read, as a pair.
    private static Answer Between(Answer low, Answer high, bool lowClosed, bool highClosed) => lowClosed || highClosed
        ? new IntervalAnswer(low, high, lowClosed, highClosed)
        : new ElementsAnswer(CollectionKind.Tuple, [low, high]);
}
