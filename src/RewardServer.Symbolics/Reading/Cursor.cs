using RewardServer.Symbolics.Equivalence;
using RewardServer.Symbolics.Expressions;

namespace RewardServer.Symbolics.Reading;

/// <summary>A place in a list of tokens; a run of letters can be read one letter at a time.</summary>
internal sealed class Cursor(IReadOnlyList<Token> tokens)
{
    private int _at;
    private int _depth;

    /// <summary>Where it stands; set to go back there.</summary>
    public int Position
    {
        get => _at;
        set => (_at, LettersRead) = (value, 0);
    }

    /// <summary>Whether the nesting went over the limit.</summary>
    public bool TooDeep { get; private set; }

    /// <summary>How many letters of the present run are read already.</summary>
    public int LettersRead { get; private set; }

    /// <summary>The present token.</summary>
    public Token Current => tokens[_at];

    /// <summary>The token before.</summary>
    public Token Previous => _at > 0 ? tokens[_at - 1] : default;

    /// <summary>Whether what was just read is a power whose exponent has no braces.</summary>
    public bool IsAfterBareExponent => _at > 1 && tokens[_at - 2].Is('^');

    /// <summary>A later token.</summary>
    public Token Peek(int ahead) => tokens[Math.Min(_at + ahead, tokens.Count - 1)];

    /// <summary>Goes on to the next token; the end stays the end.</summary>
    public Token Next()
    {
        var token = tokens[_at];
        _at = Math.Min(_at + 1, tokens.Count - 1);
        LettersRead = 0;
        return token;
    }

    /// <summary>Goes on by several tokens.</summary>
    public void Skip(int count)
    {
        _at = Math.Min(_at + count, tokens.Count - 1);
        LettersRead = 0;
    }

    /// <summary>Reads one letter of a run.</summary>
    public char NextLetter()
    {
        var letter = Current.Text[LettersRead];
        if (LettersRead + 1 < Current.Text.Length)
        {
            LettersRead++;
        }
        else
        {
            Next();
        }

        return letter;
    }

    /// <summary>Whether the present token is this mark; if so it is read.</summary>
    public bool Take(char mark)
    {
        if (!Current.Is(mark))
        {
            return false;
        }

        Next();
        return true;
    }

    /// <summary>Closes a group; one that the text leaves open at its end counts as closed.</summary>
    public bool TakeClosing(char mark) => Take(mark) || Current.Kind == TokenKind.End;

    /// <summary>Reads one level deeper, unless that is too deep.</summary>
    public Expression? Nested(Func<Expression?> read)
    {
        if (_depth >= Limits.Depth)
        {
            TooDeep = true;
            return null;
        }

        _depth++;
        var expression = read();
        _depth--;
        return expression;
    }
}
