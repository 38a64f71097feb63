using RewardServer.Symbolics.Equivalence;
using RewardServer.Symbolics.Expressions;

namespace RewardServer.Symbolics.Reading;

/// <summary>
/// Reads tokens as an answer by recursive descent: list, relation, sets, sum, product, power, atom.
/// A null from any rule means that the text is not mathematics; nothing is thrown. All recursion goes through
/// <see cref="Cursor.Nested"/>, which bounds its depth.
/// </summary>
internal sealed partial class Parser
{
    private readonly Cursor _cursor;

    private Parser(IReadOnlyList<Token> tokens) => _cursor = new Cursor(tokens);

    /// <summary>The answer that the tokens spell; null where they spell none. Says too whether the nesting went too deep.</summary>
    public static (Expression? Expression, bool TooDeep) Parse(IReadOnlyList<Token> tokens)
    {
        var parser = new Parser(tokens);
        var answer = parser.WholeAnswer();
        return (answer, parser._cursor.TooDeep);
    }

    private Expression? WholeAnswer()
    {
        _ = _cursor.Take('=') || _cursor.Take(':');
        var answer = List();
        return _cursor.Current.Kind == TokenKind.End ? answer : null;
    }

    // Elements between commas, semicolons, "and", "or".
    private Expression? List()
    {
        var elements = new List<Expression>();
        var starts = new List<int> { 0 };
        var joined = false;
        do
        {
            if (Element() is not { } element)
            {
                return null;
            }

            elements.Add(element);
        }
        while (TakeSeparator(starts, elements.Count, ref joined));
        var alternatives = starts.Count > 1;
        return elements.Count == 1
            ? elements[0]
            : alternatives && Systems(elements, starts) is { } points ? points
            : new Collection(alternatives ? CollectionKind.Alternatives : joined && elements.TrueForAll(IsInequality) ? CollectionKind.Conjunction : CollectionKind.List, elements);
    }

    private static bool IsInequality(Expression element) => element is Relation relation && relation.Operators.All(o => o is '<' or '>' or '≤' or '≥' or '≠');

    // "x = 1, y = 2 or x = 3, y = 4" are two points, each in the order of its names.
    private static Collection? Systems(List<Expression> elements, List<int> starts)
    {
        var size = elements.Count / starts.Count;
        if (size < 2 || starts.Where((start, i) => start != i * size).Any() || elements.Count % starts.Count != 0
            || !elements.TrueForAll(e => e is Relation { Operators: ['='], Operands: [Symbol, _] }))
        {
            return null;
        }

        var systems = elements.Cast<Relation>().Chunk(size).Select(s => s.OrderBy(NameOf, StringComparer.Ordinal).ToList()).ToList();
        var names = systems[0].Select(NameOf).ToList();
        return names.Distinct().Count() < size || !systems.TrueForAll(s => s.Select(NameOf).SequenceEqual(names)) ? null
            : new Collection(CollectionKind.Alternatives, [.. systems.Select(s => new Collection(CollectionKind.Tuple, [.. s.Select(r => r.Operands[1])]))]);
    }

    private static string NameOf(Relation relation) => ((Symbol)relation.Operands[0]).Name;

    private bool TakeSeparator(List<int> starts, int count, ref bool joined)
    {
        var comma = _cursor.Take(',') || _cursor.Take(';');
        var and = _cursor.Take(Marks.And);
        joined |= and;
        // Two boxes beside each other are two answers.
        var or = !and && (_cursor.Take(Marks.Or) || (!comma && IsBox(_cursor.Current)));
        if (or)
        {
            starts.Add(count);
        }

        return comma || and || or;
    }

    private Expression? Element()
    {
        if (_cursor.Current.Kind == TokenKind.Text)
        {
            return TextElement();
        }

        if (SetExpression() is not { } first)
        {
            return null;
        }

        var operands = new List<Expression> { first };
        var operators = new List<char>();
        while (IsRelation(_cursor.Current))
        {
            operators.Add(RelationOperator());
            if (SetExpression() is not { } operand)
            {
                return null;
            }

            operands.Add(operand);
        }

        return operators.Count == 0 ? first : new Relation(operands, operators);
    }

    private static bool IsRelation(Token token) =>
        token.Kind == TokenKind.Mark && token.Text[0] is '=' or '<' or '>' or '≤' or '≥' or '≠' or '≈' or '∈';

    private char RelationOperator()
    {
        var mark = _cursor.Next().Text[0];
        var orEqual = (mark is '<' or '>' && _cursor.Take('=')) || (mark == '=' && _cursor.Take('<'));
        return !orEqual ? mark : mark == '=' ? '≤' : mark == '<' ? '≤' : '≥';
    }

    // Words where a value could stand: they must be all there is of the element.
    private Expression? TextElement()
    {
        var words = new List<string>();
        while (_cursor.Current.Kind == TokenKind.Text)
        {
            words.Add(_cursor.Next().Text);
        }

        return EndsElement(_cursor.Current) ? WordReader.Phrase(string.Join(' ', words)) : null;
    }

    private static bool EndsElement(Token token) => token.Kind is TokenKind.End or TokenKind.Close
        || (token.Kind == TokenKind.Mark && token.Text[0] is ',' or ';' or ')' or ']' or '}' or '&' or Marks.SetClose or Marks.And or Marks.Or
            or Marks.NewRow);

    private Expression? SetExpression()
    {
        var first = Operand();
        if (first is not null && IsSet(first) && _cursor.Take('-'))
        {
            return Operand() is { } taken ? new SetOperation('\\', [first, taken]) : null;
        }

        if (first is null || !IsSetOperator(_cursor.Current))
        {
            return first;
        }

        var symbol = _cursor.Current.Text[0];
        var operands = new List<Expression> { first };
        while (_cursor.Take(symbol))
        {
            if (Operand() is not { } operand)
            {
                return null;
            }

            operands.Add(operand);
        }

        return IsSetOperator(_cursor.Current) ? null : new SetOperation(symbol, operands);
    }

    // "ℝ − {0}": of sets, a minus takes away.
    private static bool IsSet(Expression expression) => expression is Interval or SetOperation or Collection { Kind: CollectionKind.Set }
        or Constant { Kind: ConstantKind.Reals or ConstantKind.Integers or ConstantKind.Naturals or ConstantKind.Rationals or ConstantKind.Complexes };

    private static bool IsSetOperator(Token token) => token.Is('∪') || token.Is('∩') || token.Is('\\');

    // A value with its unit, or a ratio of values.
    private Expression? Operand()
    {
        if (_cursor.Current.Kind == TokenKind.Text)
        {
            return TextElement();
        }

        if (Sum() is not { } value)
        {
            return null;
        }

        if (_cursor.Current.Is(':') || _cursor.Current.Is(Marks.To))
        {
            return ReadRatio(value);
        }

        if (IsModulusAhead())
        {
            return Residue(value);
        }

        if (value is Quantity known && _cursor.Current.Is(Marks.And))
        {
            return Compound(known);
        }

        if (!IsScalar(value) || !(UnitReader.StartsAt(_cursor.Current) || UnitReader.IsLetterApart(_cursor)) || _cursor.LettersRead > 0)
        {
            return value;
        }

        return UnitReader.Read(_cursor) is { } unit && WithUnit(value, unit) is { } quantity ? Compound(quantity) : null;
    }

    // "1 hour 30 minutes", "5 ft 7 in", "2 hours and 30 minutes": the second is a part of the same kind. Others with "and" between are two values.
    private Quantity? Compound(Quantity first)
    {
        var start = _cursor.Position;
        var joined = _cursor.Take(Marks.And);
        if (_cursor.Current is not { Kind: TokenKind.Number } second || !UnitReader.StartsAt(_cursor.Peek(1)))
        {
            _cursor.Position = start;
            return first;
        }

        _cursor.Next();
        var (whole, part) = (UnitScale.Of(first.Unit), UnitReader.Read(_cursor) is { } unit ? UnitScale.Of(unit) : null);
        if (part is not null && part.Dimension == whole.Dimension && part.Factor < whole.Factor)
        {
            return first with { Value = new Sum([first.Value, new Number(second.Value * part.Factor / whole.Factor)]) };
        }

        _cursor.Position = start;
        return joined ? first : null;
    }

    // "$5 dollars" says one thing twice; "5% apples" speaks of no known quantity.
    private static Quantity? WithUnit(Expression value, Unit unit) => value switch
    {
        // "$5 per hour"
        Quantity already when unit.Folded is ['/', ..] => already with { Unit = new(already.Unit.Folded + "/" + unit.Folded[1..].Trim()) },
        Quantity already => already.Unit == unit ? already : null,
        _ => new Quantity(value, unit),
    };

    private Ratio? ReadRatio(Expression first)
    {
        var parts = new List<Expression> { first };
        var mayBeClock = false;
        while (_cursor.Current.Is(':') || _cursor.Current.Is(Marks.To))
        {
            var isColon = _cursor.Next().Is(':');
            var start = _cursor.Current;
            var isTime = start is { Kind: TokenKind.Number, Text: ['0', _, ..] };
            if (Sum() is not { } part || !IsScalar(part) || !IsScalar(first) || isTime)
            {
                return null;
            }

            mayBeClock |= isColon && IsBelow(first, 0, 24) && IsBelow(part, 10, 60);
            parts.Add(part);
        }

        return UnitReader.StartsAt(_cursor.Current) ? null : new Ratio(parts, mayBeClock);
    }

    private static bool IsBelow(Expression part, int least, int bound) =>
        part is Number { Value: { IsInteger: true } value } && value >= least && value < bound;

    // Operators of arithmetic accept only these.
    private static bool IsScalar(Expression expression) => expression is
        not (Collection or Interval or SetOperation or Relation or Ratio or Matrix or Text or SetBuilder);
}
