using System.Globalization;
using System.Numerics;
using System.Text;

namespace RewardServer.Symbolics.Expressions;

/// <summary>
/// Prints expressions as LaTeX, or as plain text that reads back to the same expression (plain text borrows the few commands that
/// have no plain spelling).
/// </summary>
internal sealed class Printer
{
    private enum Level
    {
        List,
        Relation,
        Sum,
        Product,
        Power,
        Atom,
    }

    private readonly bool _latex;

    private Printer(bool latex) => _latex = latex;

    public static string Latex(Expression expression) => new Printer(latex: true).Print(expression, Level.List);

    public static string Plain(Expression expression) => new Printer(latex: false).Print(expression, Level.List);

    private string Print(Expression expression, Level least)
    {
        var (text, level) = Print(expression);
        return level >= least ? text : _latex ? $"\\left({text}\\right)" : $"({text})";
    }

    private (string Text, Level Level) Print(Expression expression) => expression switch
    {
        Number number => PrintNumber(number),
        BaseNumeral numeral => ($"{numeral.Digits}_{{{numeral.Base}}}", Level.Atom),
        Symbol symbol => (PrintSymbol(symbol.Name), Level.Atom),
        Constant constant => (PrintConstant(constant.Kind), Level.Atom),
        Sum sum => (PrintSum(sum.Terms), Level.Sum),
        Product product => (string.Join(_latex ? " \\cdot " : "*", product.Factors.Select(f => Print(f, Level.Power))), Level.Product),
        Fraction fraction => PrintFraction(fraction),
        Power power => PrintPower(power),
        Negation negation => ("-" + PrintSigned(negation.Operand), Level.Product),
        PlusMinus both => (PrintBoth(both), Level.Product),
        Application application => PrintApplication(application.Function, application.Arguments),
        Quantity quantity => PrintQuantity(quantity),
        Operation operation => (PrintOperation(operation), Level.Product),
        Ratio ratio => (string.Join(':', ratio.Parts.Select(p => Print(p, Level.Product))), Level.Relation),
        Text text => (PrintText(text.Folded), Level.Atom),
        _ => PrintCompound(expression),
    };

    private (string Text, Level Level) PrintNumber(Number number)
    {
        var value = number.Value;
        if (number.Places > 0)
        {
            return (PrintDecimal(value, number.Places), value.Sign < 0 ? Level.Product : Level.Atom);
        }

        var sign = value.Sign < 0 ? "-" : string.Empty;
        var text = value.IsInteger || !_latex ? value.ToString() : $"{sign}\\frac{{{value.Abs().Numerator}}}{{{value.Denominator}}}";
        return (text, value.Sign < 0 || (!value.IsInteger && !_latex) ? Level.Product : Level.Atom);
    }

    private static string PrintDecimal(Rational value, int places)
    {
        var digits = (value.Abs() * (Rational)BigInteger.Pow(10, places)).Numerator.ToString(CultureInfo.InvariantCulture).PadLeft(places + 1, '0');
        return $"{(value.Sign < 0 ? "-" : string.Empty)}{digits[..^places]}.{digits[^places..]}";
    }

    private string PrintSum(IReadOnlyList<Expression> terms)
    {
        var text = new StringBuilder(Print(terms[0], Level.Product));
        foreach (var term in terms.Skip(1))
        {
            var printed = Print(term, Level.Product);
            text.Append(printed[0] == '-' ? " - " : term is PlusMinus ? " " : " + ").Append(printed[0] == '-' ? printed[1..] : printed);
        }

        return text.ToString();
    }

    private string PrintBoth(PlusMinus both)
    {
        var sign = both.Opposite ? _latex ? "\\mp " : "∓" : _latex ? "\\pm " : "±";
        return sign + PrintSigned(both.Operand);
    }

    // A second sign needs parentheses, for signs in a row are read as one.
    private string PrintSigned(Expression operand) =>
        Print(operand, operand is Negation or PlusMinus or Number { Value.Sign: < 0 } ? Level.Power : Level.Product);

    // Quotes, which reading drops, keep words from being read as the numbers that they start with.
    private static string PrintText(string folded) =>
        folded.Length > 0 && char.IsLetter(folded[0]) && folded is not ("and" or "or") ? $"\\text{{{folded}}}" : $"\\text{{\"{folded}\"}}";

    private static string PrintSymbol(string name)
    {
        // A primed name, and "\frac{dy}{dx}", stand as they are.
        if (name[^1] == '\'' || name[0] == '\\')
        {
            return name;
        }

        var underscore = name.IndexOf('_', StringComparison.Ordinal);
        var letter = underscore < 0 ? name : name[..underscore];
        return (letter.Length > 1 ? $"\\{letter}" : letter) + (underscore < 0 ? string.Empty : $"_{{{name[(underscore + 1)..]}}}");
    }

    private string PrintConstant(ConstantKind kind) => kind switch
    {
        ConstantKind.Pi => _latex ? "\\pi" : "pi",
        ConstantKind.Euler => "e",
        ConstantKind.Imaginary => "i",
        ConstantKind.Infinity => _latex ? "\\infty" : "infinity",
        ConstantKind.EmptySet => "\\emptyset",
        ConstantKind.Integers => "\\mathbb{Z}",
        ConstantKind.Naturals => "\\mathbb{N}",
        ConstantKind.Rationals => "\\mathbb{Q}",
        ConstantKind.Complexes => "\\mathbb{C}",
        ConstantKind.Undefined => "\\text{undefined}",
        _ => "\\mathbb{R}",
    };

    private (string Text, Level Level) PrintFraction(Fraction fraction) => _latex
        ? ($"\\frac{{{Print(fraction.Numerator, Level.Sum)}}}{{{Print(fraction.Denominator, Level.Sum)}}}", Level.Atom)
        : ($"{Print(fraction.Numerator, fraction.Numerator is Product ? Level.Product : Level.Power)}/{Print(fraction.Denominator, Level.Power)}", Level.Product);

    private (string Text, Level Level) PrintPower(Power power)
    {
        if (power.Exponent is Fraction { Numerator: Number { Value.IsOne: true }, Denominator: Number { Value: var degree } } && degree.IsInteger)
        {
            var index = degree == 2 ? string.Empty : $"[{degree}]";
            return _latex
                ? ($"\\sqrt{index}{{{Print(power.Base, Level.Sum)}}}", Level.Atom)
                : ($"{(index.Length == 0 ? "sqrt" : "\\sqrt" + index)}({Print(power.Base, Level.Sum)})", Level.Atom);
        }

        var exponent = Print(power.Exponent, _latex ? Level.Sum : Level.Atom);
        return (Print(power.Base, Level.Atom) + (_latex ? $"^{{{exponent}}}" : "^" + exponent), Level.Power);
    }

    private (string Text, Level Level) PrintApplication(string function, IReadOnlyList<Expression> arguments)
    {
        var first = Print(arguments[0], Level.Sum);
        return function switch
        {
            "factorial" => (Print(arguments[0], Level.Atom) + "!", Level.Power),
            "floor" => ($"\\lfloor {first} \\rfloor", Level.Atom),
            "ceiling" => ($"\\lceil {first} \\rceil", Level.Atom),
            "abs" => (_latex ? $"\\left|{first}\\right|" : $"abs({first})", Level.Atom),
            "overline" => ($"\\overline{{{first}}}", Level.Atom),
            "binomial" => ($"\\binom{{{first}}}{{{Print(arguments[1], Level.Sum)}}}", Level.Atom),
            [>= 'f' and <= 'h'] or [>= 'f' and <= 'h', .., '\''] => ($"{function}({first})", Level.Power),
            "mod" => ($"{Print(arguments[0], Level.Power)} \\bmod {Print(arguments[1], Level.Power)}", Level.Product),
            "gcd" or "lcm" or "min" or "max" => ($"{Command(function)}({string.Join(", ", arguments.Select(a => Print(a, Level.Sum)))})", Level.Power),
            _ when arguments.Count > 1 => ($"\\{function}_{{{Print(arguments[1], Level.Sum)}}}({first})", Level.Power),
            _ => ($"{Command(function)}({first})", Level.Power),
        };
    }

    // LaTeX has no command of their own for these.
    private string Command(string function) => function is "re" or "im" ? $"\\{char.ToUpperInvariant(function[0])}{function[1..]}"
        : _latex && (function is "lcm" or "cis" or "sech" or "csch" or "arccot" or "arcsec" or "arccsc" || (function.StartsWith("arc", StringComparison.Ordinal) && function.EndsWith('h')))
        ? $"\\operatorname{{{function}}}" : $"\\{function}";

    private string PrintOperation(Operation operation)
    {
        var variable = PrintSymbol(operation.Variable.Name);
        var parts = operation.Parts.Select(p => Print(p, Level.Sum)).ToArray();
        var order = operation.Kind == OperationKind.Derivative && parts[1] != "1" ? $"^{{{parts[1]}}}" : string.Empty;
        return operation.Kind switch
        {
            OperationKind.Sum or OperationKind.Product =>
                $"{(operation.Kind == OperationKind.Sum ? "\\sum" : "\\prod")}_{{{variable} = {parts[1]}}}^{{{parts[2]}}} ({parts[0]})",
            OperationKind.Derivative => $"\\frac{{d{order}}}{{d {variable}{order}}} ({parts[0]})",
            OperationKind.Limit => $"\\lim_{{{variable} \\to {{{parts[1]}}}}} ({parts[0]})",
            _ when parts.Length == 1 => $"\\int ({parts[0]}) d {variable}",
            _ => $"\\int_{{{parts[1]}}}^{{{parts[2]}}} ({parts[0]}) d {variable}",
        };
    }

    private (string Text, Level Level) PrintQuantity(Quantity quantity)
    {
        if (quantity.Unit == Unit.Percent || quantity.Unit == Unit.Degree)
        {
            var mark = quantity.Unit == Unit.Percent ? _latex ? "\\%" : "%" : _latex ? "^{\\circ}" : "°";
            return (Print(quantity.Value, Level.Atom) + mark, Level.Power);
        }

        return ($"{Print(quantity.Value, Level.Sum)} \\text{{{quantity.Unit.Folded}}}", Level.Relation);
    }

    private (string Text, Level Level) PrintCompound(Expression expression) => expression switch
    {
        Collection collection => PrintCollection(collection),
        Interval interval => ($"{(interval.LowClosed ? '[' : '(')}{Print(interval.Low, Level.Sum)}, {Print(interval.High, Level.Sum)}{(interval.HighClosed ? ']' : ')')}", Level.Atom),
        SetOperation operation => (string.Join($" {Operator(operation.Operator)} ", operation.Operands.Select(o => Print(o, Level.Sum))), Level.Relation),
        Relation relation => (PrintRelation(relation), Level.Relation),
        Clock clock => (PrintClock(clock), Level.List),
        Date date => (string.Create(CultureInfo.InvariantCulture, $"{CultureInfo.InvariantCulture.DateTimeFormat.MonthNames[date.Month - 1]} {date.Day}")
            + (date.Year is { } year ? string.Create(CultureInfo.InvariantCulture, $", {year:0000}") : string.Empty), Level.List),
        Choice choice => ($"\\text{{({choice.Letter})}}" + (choice.Content is { } content ? " " + Print(content, Level.List) : string.Empty), Level.List),
        Ambiguous ambiguous => Print(ambiguous.Usual),
        SetBuilder builder => ($"\\{{{Print(builder.Variable, Level.List)} : {string.Join(", ", builder.Conditions.Select(c => Print(c, Level.Relation)))}\\}}", Level.Atom),
        Matrix matrix => ($"\\begin{{pmatrix}} {string.Join(" \\\\ ", matrix.Rows.Select(r => string.Join(" & ", r.Select(e => Print(e, Level.Sum)))))} \\end{{pmatrix}}", Level.Atom),
        _ => (string.Empty, Level.Atom),
    };

    private static string PrintClock(Clock clock)
    {
        var (hour, minute) = (clock.Minutes / 60, clock.Minutes % 60);
        var half = !clock.HalfKnown ? string.Empty : hour < 12 ? " am" : " pm";
        return string.Create(CultureInfo.InvariantCulture, $"{(clock.HalfKnown ? (hour + 11) % 12 + 1 : hour)}:{minute:00}{half}");
    }

    private (string Text, Level Level) PrintCollection(Collection collection)
    {
        var word = collection.Kind switch { CollectionKind.Alternatives => "or", CollectionKind.Conjunction => "and", _ => null };
        var separator = word is null ? ", " : _latex ? $" \\text{{ {word} }} " : $" {word} ";
        var elements = string.Join(separator, collection.Elements.Select(e => Print(e, Level.Relation)));
        return collection.Kind switch
        {
            CollectionKind.Tuple => ($"({elements})", Level.Atom),
            CollectionKind.Set => ($"\\{{{elements}\\}}", Level.Atom),
            _ => (elements, Level.List),
        };
    }

    private string PrintRelation(Relation relation)
    {
        var right = relation.Operators.Select((o, i) => $" {Operator(o)} {Print(relation.Operands[i + 1], Level.Sum)}");
        return Print(relation.Operands[0], Level.Sum) + string.Concat(right);
    }

    private string Operator(char mark) => mark switch
    {
        '\\' => "\\setminus",
        _ when !_latex => mark.ToString(),
        '∪' => "\\cup",
        '∩' => "\\cap",
        '≤' => "\\le",
        '≥' => "\\ge",
        '≠' => "\\ne",
        '≈' => "\\approx",
        '∈' => "\\in",
        _ => mark.ToString(),
    };
}
