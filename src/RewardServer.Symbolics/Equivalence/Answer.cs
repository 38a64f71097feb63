using RewardServer.Symbolics.Evaluation;
using RewardServer.Symbolics.Expressions;
using RewardServer.Symbolics.Rewriting;

namespace RewardServer.Symbolics.Equivalence;

/// <summary>An answer ready to be compared: its shape, with every scalar in it in canonical form.</summary>
internal abstract record Answer;

/// <summary>A number or formula, with its unit if one is written.</summary>
internal sealed record ScalarAnswer(Quotient Value, Unit? Unit, BaseNumeral? Numeral, Formula Formula) : Answer;

/// <summary>∞, −∞, ∅, ℝ.</summary>
internal sealed record NamedAnswer(string Name) : Answer;

/// <summary>Elements in or out of brackets.</summary>
internal sealed record ElementsAnswer(CollectionKind Kind, IReadOnlyList<Answer> Elements) : Answer;

/// <summary>An interval.</summary>
internal sealed record IntervalAnswer(Answer Low, Answer High, bool LowClosed, bool HighClosed) : Answer;

/// <summary>Sets under an operator.</summary>
internal sealed record SetOperationAnswer(char Operator, IReadOnlyList<Answer> Operands) : Answer;

/// <summary>A chain of relations. A label is a lone variable (or <c>f(x)</c>) at an end, which gives the rest a name.</summary>
internal sealed record RelationAnswer(IReadOnlyList<Answer> Operands, IReadOnlyList<char> Operators, IReadOnlyList<string?> Labels) : Answer;

/// <summary>Parts of a ratio.</summary>
internal sealed record RatioAnswer(IReadOnlyList<Answer> Parts, bool MayBeClock) : Answer;

/// <summary>A matrix.</summary>
internal sealed record MatrixAnswer(IReadOnlyList<IReadOnlyList<Answer>> Rows) : Answer;

/// <summary>Words.</summary>
internal sealed record TextAnswer(string Folded) : Answer;

/// <summary>A time of day.</summary>
internal sealed record ClockAnswer(int Minutes, bool HalfKnown) : Answer;

/// <summary>A day of the calendar.</summary>
internal sealed record DateAnswer(int? Year, int Month, int Day) : Answer;

/// <summary>A choice, and what it stands for.</summary>
internal sealed record ChoiceAnswer(char Letter, Answer? Content) : Answer;

/// <summary>Two readings of one text; the other is a number.</summary>
internal sealed record AmbiguousAnswer(Answer Usual, Answer Other) : Answer;

/// <summary>A set by its conditions on a variable; or, where its elements are written as a formula, on what is in that.</summary>
internal sealed record SetBuilderAnswer(string Variable, IReadOnlyList<Answer> Conditions) : Answer
{
    /// <summary>The formula of the elements; null where they are the variable.</summary>
    public Answer? Element { get; init; }
}
