namespace RewardServer.Symbolics.Expressions;

/// <summary>
/// An answer as it was written: an immutable tree over exact numbers. Nothing is simplified here; that is Rewriting's work.
/// The parser bounds the depth of every tree, so that walks over it may be recursive.
/// </summary>
internal abstract record Expression;

/// <summary>
/// An exact number; decimals are the rationals they denote. <paramref name="Places"/> counts the digits written after the point; 0 where the
/// number was not written as a decimal.
/// </summary>
internal sealed record Number(Rational Value, int Places = 0) : Expression;

/// <summary>A numeral with its base as subscript, as in <c>2112_6</c>.</summary>
internal sealed record BaseNumeral(string Digits, int Base, Rational Value) : Expression;

/// <summary>A variable, with its subscript if it has one.</summary>
internal sealed record Symbol(string Name) : Expression;

/// <summary>A constant that everybody agrees on.</summary>
internal sealed record Constant(ConstantKind Kind) : Expression;

/// <summary>Several terms, added.</summary>
internal sealed record Sum(IReadOnlyList<Expression> Terms) : Expression;

/// <summary>Several factors, multiplied.</summary>
internal sealed record Product(IReadOnlyList<Expression> Factors) : Expression;

/// <summary>One thing divided by another.</summary>
internal sealed record Fraction(Expression Numerator, Expression Denominator) : Expression;

/// <summary>A power; roots are powers with a fraction for exponent.</summary>
internal sealed record Power(Expression Base, Expression Exponent) : Expression;

/// <summary>The opposite.</summary>
internal sealed record Negation(Expression Operand) : Expression;

/// <summary>Both signs at once; <paramref name="Opposite"/> is that of ∓.</summary>
internal sealed record PlusMinus(Expression Operand, bool Opposite) : Expression;

/// <summary>A function, by its plain name, and its arguments.</summary>
internal sealed record Application(string Function, IReadOnlyList<Expression> Arguments) : Expression;

/// <summary>
/// An operation that is still to be carried out. The parts are the body and, where the kind has them, the bounds (or the place that a limit
/// goes to, or the order of a derivative).
/// </summary>
internal sealed record Operation(OperationKind Kind, Symbol Variable, IReadOnlyList<Expression> Parts) : Expression;

/// <summary>A value with a unit; percent and degrees are units too.</summary>
internal sealed record Quantity(Expression Value, Unit Unit) : Expression;

/// <summary>Several elements: a bare list, a tuple, a set.</summary>
internal sealed record Collection(CollectionKind Kind, IReadOnlyList<Expression> Elements) : Expression;

/// <summary>An interval with at least one square bracket, or one of ∞ as an end; two ends in parentheses are a tuple.</summary>
internal sealed record Interval(Expression Low, Expression High, bool LowClosed, bool HighClosed) : Expression;

/// <summary>Sets joined by one operator: <c>∪</c>, <c>∩</c> or <c>\</c>.</summary>
internal sealed record SetOperation(char Operator, IReadOnlyList<Expression> Operands) : Expression;

/// <summary>A chain of relations: operands with an operator between each two (<c>= &lt; &gt; ≤ ≥ ≠ ≈ ∈</c>).</summary>
internal sealed record Relation(IReadOnlyList<Expression> Operands, IReadOnlyList<char> Operators) : Expression;

/// <summary>Parts of a ratio, as in <c>3:1</c>; one that may as well be a time of day, as in <c>4:30</c>, is not brought to lowest terms.</summary>
internal sealed record Ratio(IReadOnlyList<Expression> Parts, bool MayBeClock) : Expression;

/// <summary>Rows of a matrix; a vector has one row or one column.</summary>
internal sealed record Matrix(IReadOnlyList<IReadOnlyList<Expression>> Rows) : Expression;

/// <summary>Words, folded to lower case and single spaces.</summary>
internal sealed record Text(string Folded) : Expression;

/// <summary>A time of day in minutes; whether it is known to be before or after noon.</summary>
internal sealed record Clock(int Minutes, bool HalfKnown) : Expression;

/// <summary>A day of the calendar.</summary>
internal sealed record Date(int? Year, int Month, int Day) : Expression;

/// <summary>The letter of a choice, and what it stands for where that is said.</summary>
internal sealed record Choice(char Letter, Expression? Content) : Expression;

/// <summary>A text that two conventions read differently; the other reading is a number, and counts against numbers.</summary>
internal sealed record Ambiguous(Expression Usual, Number Other) : Expression;

/// <summary>A set by its conditions, as in <c>\{x : x > 2\}</c>, or by a formula of its elements, as in <c>\{2k : k \in \mathbb{Z}\}</c>.</summary>
internal sealed record SetBuilder(Expression Variable, IReadOnlyList<Expression> Conditions) : Expression;

/// <summary>The constants.</summary>
internal enum ConstantKind
{
    Pi,
    Euler,
    Imaginary,
    Infinity,
    EmptySet,
    Reals,
    Integers,
    Naturals,
    Rationals,
    Complexes,
    Undefined,
}

/// <summary>The operations that can be carried out.</summary>
internal enum OperationKind
{
    /// <summary>A sum from one bound to the other.</summary>
    Sum,

    /// <summary>A product from one bound to the other.</summary>
    Product,

    /// <summary>An integral, with its bounds if it is definite.</summary>
    Integral,

    /// <summary>A derivative, with its order.</summary>
    Derivative,

    /// <summary>A limit, with the place that its variable goes to.</summary>
    Limit,
}

/// <summary>What brackets, if any, hold the elements together.</summary>
internal enum CollectionKind
{
    /// <summary>No brackets; commas, "and".</summary>
    List,

    /// <summary>No brackets; "or".</summary>
    Alternatives,

    /// <summary>No brackets; inequalities that "and" says hold together.</summary>
    Conjunction,

    /// <summary>Parentheses, or square brackets around other than two: order matters.</summary>
    Tuple,

    /// <summary>Braces: order does not matter.</summary>
    Set,
}

/// <summary>A unit in its folded spelling, and how it is printed.</summary>
internal sealed record Unit(string Folded)
{
    public static Unit Percent { get; } = new("%");

    public static Unit Degree { get; } = new("degree");

    public static Unit Celsius { get; } = new("celsius");

    public static Unit Fahrenheit { get; } = new("fahrenheit");

    public static Unit Dollar { get; } = new("dollar");

    public static Unit Euro { get; } = new("euro");

    public static Unit Pound { get; } = new("pound sterling");

    public static Unit Yen { get; } = new("yen");

    public static Unit Rupee { get; } = new("rupee");

    public static Unit Cent { get; } = new("cent");
}
