using System.Text.RegularExpressions;

namespace RewardServer.Symbolics.Reading;

/// <content>Commands, environments and groups.</content>
internal sealed partial class Lexer
{
    // "\\[2pt]"
    private static readonly Regex RowSpace = new(@"\G\[\s?-?[0-9.]{1,6}\s?(pt|em|ex|mm|cm|in)\]", RegexOptions.CultureInvariant);

    private void ReadCommand()
    {
        var start = ++_at;
        while (_at < _text.Length && char.IsAsciiLetter(_text[_at]))
        {
            _at++;
        }

        if (_at == start && _at < _text.Length)
        {
            _at++;
        }

        var name = _text[start.._at];
        if (Marks.Invisible.Contains(name) && Group() is not null)
        {
            _space = true;
        }
        else if (Marks.Words.Contains(name) && Group() is { } words)
        {
            AddWords(name, words);
        }
        else if (name is "begin" or "end" && Group() is { } environment)
        {
            AddEnvironment(name == "begin" ? TokenKind.Begin : TokenKind.Close, environment.Trim('*'));
        }
        else if (AddQuantity(name) || Marks.Words.Contains(name))
        {
            // "\mathbf 5": what is not in braces is one character, and stands for itself.
            _space = true;
        }
        else if (Marks.ByCommand.TryGetValue(name, out var mark))
        {
            AddMark(mark);
            _at += mark == Marks.NewRow && RowSpace.Match(_text, _at) is { Success: true } space ? space.Length : 0;
        }
        else if (Marks.Spacing.Contains(name))
        {
            SkipSpacing(name);
        }
        else
        {
            AddCommand(name);
        }
    }

    // Environments that only display what is in them say nothing of it.
    private void AddEnvironment(TokenKind kind, string name)
    {
        if (name is not ("equation" or "align" or "aligned" or "gather" or "gathered" or "displaymath" or "math" or "split" or "multline" or "center"))
        {
            Add(kind, name);
        }
    }

    private void SkipSpacing(string name)
    {
        _space = true;
        // "\left." and "\right." are the sides of a pair that has only one.
        if (name is "left" or "right" && _at < _text.Length && _text[_at] == '.')
        {
            _at++;
        }
    }

    private void AddCommand(string name)
    {
        if (name is "imath" or "jmath")
        {
            AddLetters(name[..1]);
            return;
        }

        var folded = name switch { "dfrac" or "tfrac" or "cfrac" or "nicefrac" or "sfrac" => "frac", "surd" => "sqrt", "framebox" => "fbox", "Bbb" or "mathds" => "mathbb", "dbinom" or "tbinom" => "binom", _ => name };
        Add(TokenKind.Command, folded);
        // In "\frac12" and "\frac1{20}" an argument without braces is one digit.
        for (var argument = 0; folded is "frac" or "binom" && argument < 2; argument++)
        {
            SkipWhiteSpace();
            if (_at >= _text.Length || !char.IsAsciiDigit(_text[_at]))
            {
                return;
            }

            Add(TokenKind.Number, _text[_at].ToString(), _text[_at] - '0');
            _at++;
        }
    }

    private void SkipWhiteSpace()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
        {
            _at++;
        }
    }

    // The raw content of a brace group that follows; null, and nothing read, where none follows or it does not close.
    private string? Group()
    {
        var open = _at;
        while (open < _text.Length && char.IsWhiteSpace(_text[open]))
        {
            open++;
        }

        var depth = 0;
        for (var i = open; i < Math.Min(_text.Length, open + LongestGroup) && (i > open || _text[i] == '{'); i++)
        {
            depth += _text[i] == '{' ? 1 : _text[i] == '}' ? -1 : 0;
            if (depth == 0)
            {
                _at = i + 1;
                return _text[(open + 1)..i];
            }
        }

        return null;
    }
}
