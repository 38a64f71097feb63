using System.Text.RegularExpressions;
using RewardServer.Symbolics.Expressions;

namespace RewardServer.Symbolics.Reading;

/// <summary>Cuts a folded text into tokens. It never fails: what it does not know becomes a mark that no rule accepts.</summary>
internal sealed partial class Lexer
{
    // Words are short; without a bound, unclosed groups would make the reading quadratic.
    private const int LongestGroup = 1_000;

    // Words in words, as in "\underline{\textbf{5}}".
    private const int MostWrappers = 3;

    private static readonly Regex OpensSet = new(@"\G\s?(\[|\(|\{|\\\{|\\left|\\mathbb)", RegexOptions.CultureInvariant);

    // "3 x 10^4"
    private static readonly Regex TimesTen = new(@"\G\s?10\s?(\^|\*\*)", RegexOptions.CultureInvariant);

    private readonly string _text;
    private readonly bool _dollarsDelimit;
    private readonly List<Token> _tokens = [];
    private readonly int _wrappers;
    private int _at;
    private int _brackets;
    private bool _space;

    private Lexer(string text, int wrappers)
    {
        _text = text;
        _wrappers = wrappers;
        _dollarsDelimit = CountDollars(text) % 2 == 0;
    }

    /// <summary>Whether a numeral met the limit on digits.</summary>
    public bool OverBudget { get; private set; }

    /// <summary>The tokens of a text, closed by an end token; over budget where a numeral is too long.</summary>
    public static (IReadOnlyList<Token> Tokens, bool OverBudget) Read(string folded) => Read(folded, wrappers: 0);

    private static (IReadOnlyList<Token> Tokens, bool OverBudget) Read(string folded, int wrappers)
    {
        var lexer = new Lexer(folded, wrappers);
        lexer.ReadAll();
        return (lexer._tokens, lexer.OverBudget);
    }

    // Dollars in pairs delimit mathematics; an odd one is currency, as in "$18".
    private static int CountDollars(string text)
    {
        var count = 0;
        for (var i = 0; i < text.Length; i++)
        {
            count += text[i] == '$' && (i == 0 || text[i - 1] != '\\') ? 1 : 0;
        }

        return count;
    }

    private void ReadAll()
    {
        while (_at < _text.Length && !OverBudget)
        {
            ReadOne();
        }

        Add(TokenKind.End, string.Empty);
    }

    private void ReadOne()
    {
        var character = _text[_at];
        if (char.IsWhiteSpace(character) || character == '~' || (character == '$' && _dollarsDelimit))
        {
            _at++;
            _space = true;
        }
        else if (NumeralScanner.StartsAt(_text, _at))
        {
            ReadNumeral();
        }
        else if (char.IsLetter(character))
        {
            ReadLetters();
        }
        else if (character == '\\')
        {
            ReadCommand();
        }
        else
        {
            _at++;
            AddMark(character == '"' ? ' ' : character == '!' && TakeUnequal() ? '≠' : character == '*' && TakePower() ? '^' : character == '+' && TakeEitherSign() ? '±' : character);
        }
    }

    // "x != 2", but "5!=120".
    private bool TakeUnequal()
    {
        var unequal = _tokens is [.., { Kind: TokenKind.Letters }] && _at < _text.Length && _text[_at] == '=';
        _at += unequal ? 1 : 0;
        return unequal;
    }

    // "+/-" as plain text writes both signs.
    private bool TakeEitherSign()
    {
        var both = At(_at) == '/' && At(_at + 1) == '-';
        _at += both ? 2 : 0;
        return both;
    }

    // "x**2" is a power as programs write it; at the ends of a text two stars are Markdown.
    private bool TakePower()
    {
        var follows = !_space && _tokens is [.., var operand] && (operand.Kind is TokenKind.Number or TokenKind.Letters || operand.Is(')') || operand.Is('}'))
            && _at + 1 < _text.Length && _text[_at] == '*' && (char.IsLetterOrDigit(_text[_at + 1]) || _text[_at + 1] is '(' or '{' or '-');
        _at += follows ? 1 : 0;
        return follows;
    }

    private void Add(TokenKind kind, string text, Rational value = default, int numberBase = 0)
    {
        _tokens.Add(new(kind, text, value, numberBase, _space));
        _space = false;
    }

    private void AddMark(char mark)
    {
        _brackets += mark switch
        {
            '(' or '[' or Marks.SetOpen => 1,
            ')' or ']' or Marks.SetClose => -1,
            _ => 0,
        };
        if (mark == ' ')
        {
            _space = true;
        }
        else
        {
            Add(TokenKind.Mark, mark < 128 ? Ascii[mark] : mark.ToString());
        }
    }

    private static readonly string[] Ascii = [.. Enumerable.Range(0, 128).Select(c => ((char)c).ToString())];

    private void ReadNumeral()
    {
        var numeral = NumeralScanner.Scan(_text, _at, _brackets > 0);
        OverBudget |= numeral.OverBudget;
        // The text of a decimal is all of it, so that in words "3.5" is not "3.7".
        var digits = numeral.Base > 0 || numeral.OverBudget || numeral.Value.IsInteger ? numeral.Digits : _text[_at..numeral.End].Trim();
        _at = numeral.End;
        Add(numeral.Base > 0 ? TokenKind.BaseNumeral : TokenKind.Number, digits, numeral.Value, numeral.Base);
        _tokens[^1] = _tokens[^1] with { Places = numeral.Places };
    }

    private void ReadLetters()
    {
        var start = _at;
        while (_at < _text.Length && (char.IsLetter(_text[_at]) || IsInnerApostrophe()))
        {
            _at++;
        }

        AddLetters(_text[start.._at]);
    }

    private bool IsInnerApostrophe() =>
        _text[_at] == '\'' && _at + 1 < _text.Length && char.IsLetter(_text[_at + 1]) && char.IsLetter(_text[_at - 1]);

    private char At(int at) => at < _text.Length ? _text[at] : '\0';

    private void AddLetters(string letters)
    {
        switch (letters)
        {
            case "and" or "AND":
                AddMark(Marks.And);
                break;
            case "or" or "OR":
                AddMark(Marks.Or);
                break;
            case "frac" or "sqrt" or "pi" or "infinity" or "sin" or "cos" or "tan" or "ln" or "log" or "abs" or "exp" or "infty" or "inf" or "oo":
                AddCommand(letters is "infinity" or "inf" or "oo" ? "infty" : letters);
                break;
            case "to" when _space && _tokens is [.., var first] && (first.Kind == TokenKind.Number || first.Is('}')):
                AddMark(Marks.To);
                break;
            case "US" when At(_at) == '$' || (At(_at) == '\\' && At(_at + 1) == '$'):
                break;
            case "cbrt" or "floor" or "ceil" or "ceiling" when At(_at) is '(' or '{':
                AddCommand(letters);
                break;
            case "USD" or "EUR" or "GBP" or "INR" or "Rs":
                _at += letters == "Rs" && _at < _text.Length && _text[_at] == '.' ? 1 : 0;
                AddMark(letters switch { "USD" => Marks.Currency, "EUR" => '€', "GBP" => '£', _ => '₹' });
                break;
            case "in" when _tokens is [.., { Kind: TokenKind.Letters, Text.Length: 1 }] && OpensSet.IsMatch(_text, _at):
                AddMark('∈');
                break;
            case "x" when _tokens.Count > 0 && _tokens[^1].Kind == TokenKind.Number && TimesTen.IsMatch(_text, _at):
                AddMark('*');
                break;
            case "U" when _tokens.Count > 0 && (_tokens[^1].Is(')') || _tokens[^1].Is(']')):
                AddMark('∪');
                break;
            case "sum" or "prod" or "int" or "lim" when At(_at) == '_':
            case { Length: >= 3 } when FunctionNames.Prefix.ContainsKey(letters) && (At(_at) == '(' || letters.StartsWith("arc", StringComparison.Ordinal)):
                AddCommand(letters);
                break;
            default:
                Add(TokenKind.Letters, letters);
                break;
        }
    }
}
