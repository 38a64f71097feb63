using System.Text.RegularExpressions;

namespace RewardServer.Symbolics.Reading;

/// <content>Commands whose argument is words.</content>
internal sealed partial class Lexer
{
    private static readonly Regex Conjunctions = new(@"\b(and|or)\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    // "\mathbf{v}" is a variable and "\mathrm{e}" a constant, but "5\,\mathrm{m}" has a unit and "\text{A}" is a word.
    private bool IsSymbol(string command, string letter) => letter.Length == 1 && char.IsLetter(letter[0]) && command switch
    {
        "mathrm" or "rm" => _tokens.Count == 0 || letter[0] is 'e' or 'i' or 'x' or 'y' or 'z',
        _ => !command.StartsWith("text", StringComparison.Ordinal) && command is not ("mbox" or "hbox"),
    };

    // "\text{n} = 3"
    private bool IsNamed(string letter) => letter is [>= 'A' and <= 'Z' or >= 'a' and <= 'z'] && (At(_at) == '=' || (At(_at) == ' ' && At(_at + 1) == '='));

    // Words that are mathematics after all, as in "\text{13}" and "\mathbf{v}", are read as mathematics.
    private void AddWords(string command, string words)
    {
        var trimmed = words.Trim().Trim(',').Trim();
        if (trimmed is "i" or "j" or "k" && command is "mathbf" or "boldsymbol" or "bm")
        {
            // Along the axes: bold, as \hat{i}.
            AddCommand("hat");
            Add(TokenKind.Letters, trimmed);
        }
        else if (trimmed is "and" or "or" or "to" || IsSymbol(command, trimmed) || IsNamed(trimmed))
        {
            AddLetters(trimmed);
        }
        else if (trimmed.Length > 0 && _wrappers < MostWrappers && (char.IsAsciiDigit(trimmed[0]) || trimmed[0] is '-' or '$' or '\\'))
        {
            var (inner, overBudget) = Read(trimmed, _wrappers + 1);
            _tokens.AddRange(inner.Take(inner.Count - 1));
            OverBudget |= overBudget;
        }
        else if (FunctionNames.Prefix.ContainsKey(trimmed) && command is not ("text" or "mbox"))
        {
            AddCommand(trimmed);
        }
        else if (trimmed.Length > 0)
        {
            AddPhrases(trimmed);
        }
        else if (words.Contains(',', StringComparison.Ordinal))
        {
            AddMark(',');
        }
    }

    // "\text{Alice and Bob}" is two answers, and "\text{ or }" one word between two.
    private void AddPhrases(string text)
    {
        var start = 0;
        foreach (Match conjunction in Conjunctions.Matches(text))
        {
            AddPhrase(text[start..conjunction.Index]);
            AddMark(conjunction.Value.Contains("or", StringComparison.OrdinalIgnoreCase) ? Marks.Or : Marks.And);
            start = conjunction.Index + conjunction.Length;
        }

        AddPhrase(text[start..]);
    }

    private void AddPhrase(string text)
    {
        if (text.Trim() is { Length: > 0 } phrase)
        {
            Add(TokenKind.Text, phrase);
        }
    }
}
