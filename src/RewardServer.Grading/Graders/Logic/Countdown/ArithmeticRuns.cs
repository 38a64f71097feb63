using System.Collections.Frozen;

namespace RewardServer.Grading.Graders.Logic.Countdown;

/// <summary>
/// Finds the runs of arithmetic in a text: what stands between words, commas, sentences and lines. It knows the four operations alone, as
/// digits, ASCII, Unicode or LaTeX, so that nothing else can be worth something.
/// </summary>
internal sealed class ArithmeticRuns
{
    private static readonly FrozenSet<string> Functions = new[]
    {
        "sqrt", "cbrt", "log", "ln", "exp", "pow", "abs", "floor", "ceil", "round", "int", "fact", "factorial", "mod", "max", "min", "sin", "cos", "tan", "gcd", "lcm", "concat", "squared", "cubed", "root",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private readonly List<List<Token>> runs = [];
    private readonly string text;
    private List<Token> run = [];
    private int at;

    private ArithmeticRuns(string text) => this.text = text;

    /// <summary>The runs that hold an operation or something foreign beside a number, in order; and single numbers. Linear in the text.</summary>
    public static List<List<Token>> Of(string text)
    {
        var reader = new ArithmeticRuns(text);
        while (reader.at < text.Length)
        {
            reader.Step();
        }

        reader.Break();
        return reader.runs;
    }

    private char Here => text[at];

    private char Next => at + 1 < text.Length ? text[at + 1] : '\n';

    private void Step()
    {
        if (char.IsAsciiDigit(Here))
        {
            Number();
        }
        else if (char.IsLetter(Here))
        {
            Letters();
        }
        else if (Here == '\\')
        {
            Command();
        }
        else
        {
            Sign();
        }
    }

    private void Number()
    {
        var start = at;
        while (at < text.Length && char.IsAsciiDigit(Here))
        {
            at++;
        }

        var follows = start > 0 && text[start - 1] == '.';
        if (at + 1 < text.Length && Here is ')' or '.' && Next == ' ' && at - start < 3 && AtLineStart(start))
        {
            at++; // the label of a step: "1. "
            Break();
        }
        else if (follows || (at + 1 < text.Length && Here == '.' && char.IsAsciiDigit(Next)))
        {
            at += follows ? 0 : 1;
            Add(TokenKind.Foreign, follows ? $".{text[start..at]}" : text[start..at]);
        }
        else
        {
            Add(TokenKind.Number, text[start..at]);
        }
    }

    private void Letters()
    {
        var start = at;
        while (at < text.Length && char.IsLetter(Here))
        {
            at++;
        }

        var word = text[start..at];
        // Chinese has no spaces between its words and numbers.
        var touches = (word[0] < '\u0500' && start > 0 && (char.IsAsciiDigit(text[start - 1]) || text[start - 1] is ')'))
            || (word[^1] < '\u0500' && at < text.Length && (char.IsAsciiDigit(Here) || Here is '('));
        if (word is "x" or "X" && run.Count > 0 && run[^1].Kind is TokenKind.Number or TokenKind.Close)
        {
            Add(TokenKind.Operation, "*");
        }
        else if (touches || Functions.Contains(word))
        {
            Add(TokenKind.Foreign, word);
        }
        else
        {
            Break();
        }
    }

    private void Command()
    {
        var start = ++at;
        while (at < text.Length && char.IsAsciiLetter(Here))
        {
            at++;
        }

        switch (text.AsSpan(start, at - start))
        {
            case "":
                Escape();
                break;
            case "times" or "cdot" or "ast":
                Add(TokenKind.Operation, "*");
                break;
            case "div":
                Add(TokenKind.Operation, "/");
                break;
            case "frac" or "dfrac" or "tfrac" or "cfrac":
                Add(TokenKind.Fraction, "");
                break;
            case "text" or "textbf" or "mathrm" or "begin" or "end" or "quad" or "qquad" or "to" or "rightarrow" or "Rightarrow" or "implies" or "newline" or "therefore":
                Break();
                at = at < text.Length && Here == '{' && text.AsSpan(at).IndexOf('}') is > 0 and var close ? at + close + 1 : at;
                break;
            case "left" or "right" or "big" or "Big" or "bigl" or "bigr" or "displaystyle":
                break;
            case var other:
                Add(TokenKind.Foreign, other.ToString());
                break;
        }
    }

    private void Escape()
    {
        var escaped = at < text.Length ? text[at++] : ' ';
        switch (escaped)
        {
            case ',' or ';' or '!' or ':' or ' ':
                break;
            case '{':
                Add(TokenKind.Open, "(");
                break;
            case '}':
                Add(TokenKind.Close, ")");
                break;
            default:
                Break();
                break;
        }
    }

    private void Sign()
    {
        var sign = Here;
        switch (sign)
        {
            case '*' when Next == '*':
                Stars();
                return;
            case '-' or '=' when Next == '>':
                Break();
                at++;
                break;
            case '>' when AtLineStart(at):
                break;
            case '!' when run is [.., { Kind: TokenKind.Equals }, { Kind: TokenKind.Number }] && char.IsWhiteSpace(Next):
                Break();
                break;
            case '/' when Next == '/':
                Add(TokenKind.Foreign, "//");
                at++;
                break;
            case '-' or '•' or '*' or '+' when AtLineStart(at) && Next == ' ':
                break;
            case '+':
                Add(TokenKind.Operation, "+");
                break;
            case '-' or '−' or '–' or '—':
                Add(TokenKind.Operation, "-");
                break;
            case '*' or '×' or '⋅' or '·' or '∗' or '✕' or '✖' or '∙':
                Add(TokenKind.Operation, "*");
                break;
            case '/' or '÷' or '∕' or '⁄':
                Add(TokenKind.Operation, "/");
                break;
            case '(' or '[' or '（':
                Add(TokenKind.Open, sign == '[' ? "[" : "(");
                break;
            case ')' or ']' or '）':
                Add(TokenKind.Close, sign == ']' ? "]" : ")");
                break;
            case '{':
                Add(TokenKind.OpenBrace, "{");
                break;
            case '}':
                Add(TokenKind.CloseBrace, "}");
                break;
            case '=':
                Add(TokenKind.Equals, "=");
                break;
            case '^' or '!' or '√' or '%' or '<' or '>' or '≈' or '≠' or '≤' or '≥' or '~' or '_' or '‰':
                Add(TokenKind.Foreign, sign.ToString());
                break;
            case ' ' or '\t' or '\u00A0':
                break;
            case var other when char.IsNumber(other) || char.IsSurrogate(other):
                Add(TokenKind.Foreign, char.IsSurrogate(other) ? "~" : $"{other}");
                break;
            default:
                Break();
                break;
        }

        at++;
    }

    // Bold text begins or ends where white space or nothing stands on the one side alone; all else is a power.
    private void Stars()
    {
        var before = at == 0 || char.IsWhiteSpace(text[at - 1]) || text[at - 1] is ':';
        var after = at + 2 >= text.Length || char.IsWhiteSpace(text[at + 2]) || text[at + 2] is '.' or ',' or ':';
        if (before != after || (run.Count == 0 && before))
        {
            Break();
        }
        else
        {
            Add(TokenKind.Foreign, "**");
        }

        at += 2;
    }

    private bool AtLineStart(int place)
    {
        var before = text.AsSpan(Math.Max(0, place - 8), Math.Min(8, place)).TrimEnd(" \t");
        return before.IsEmpty ? place <= 8 : before[^1] == '\n';
    }

    private void Add(TokenKind kind, string token) => run.Add(new(kind, token));

    private void Break()
    {
        if (run.Exists(token => token.Kind == TokenKind.Number))
        {
            runs.Add(run);
        }

        run = [];
    }
}
