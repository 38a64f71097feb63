using System.Text.RegularExpressions;

namespace RewardServer.Symbolics.Reading;

/// <summary>
/// The clause at the end of a family of solutions that says its parameter is any integer, in its usual writings: "(k ∈ ℤ)", "where k is an integer",
/// "for any integer k", "k = 0, ±1, ±2, …". All become <c>, k \in \mathbb{Z}</c>, which the parser reads.
/// </summary>
internal static partial class IntegerClauses
{
    private const int LongestClause = 16;

    /// <summary>The tokens with such a clause in its one writing.</summary>
    public static List<Token> Rewrite(List<Token> tokens)
    {
        var end = tokens.Count - 1;
        var from = Math.Max(1, end - LongestClause);
        if (!MentionsIntegers(tokens, from))
        {
            return tokens;
        }

        for (var start = Math.Max(from, tokens.FindIndex(t => t.Kind is not (TokenKind.Letters or TokenKind.Text) || t.Text.Length == 1) + 1); start < end - 1; start++)
        {
            if (MayStart(tokens, start) && Words(tokens, start, end) is { } words && Clause().Match(words) is { Success: true } clause)
            {
                // Of a letter that is given a value, the clause says nothing new: "x = 5, where x is an integer".
                var letters = clause.Groups["letter"].Captures.Select(c => c.Value).Where(l => !IsGivenValue(tokens, start, l));
                return [.. tokens[..start], .. letters.SelectMany(IsInteger), tokens[^1]];
            }
        }

        return tokens;
    }

    [GeneratedRegex(@"^(?:(?:where|for|with|when|and|such|that|all|any|every|each|some|here|in|which) )*(?:(?<letter>[A-Za-z])(?: (?<letter>[A-Za-z]))* (?:∈ (?:Z|(?:the )?(?:set of )?(?:all )?integers)|(?:(?:is|are|be|being|denotes|represents) )?(?:(?:an|any|some|arbitrary|all) )*integers?|= 0 ± 1 ± 2(?: ± 3)? …)|(?:arbitrary )?integers? (?<letter>[A-Za-z]))$")]
    private static partial Regex Clause();

    private static bool MentionsIntegers(List<Token> tokens, int from)
    {
        for (var i = from; i < tokens.Count; i++)
        {
            if (IsEllipsis(tokens[i]) || (tokens[i].Kind is TokenKind.Letters or TokenKind.Text && (tokens[i].Text == "Z" || tokens[i].Text.Contains("integer", StringComparison.OrdinalIgnoreCase))))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsEllipsis(Token token) => token.Kind == TokenKind.Command && token.Text is "ldots" or "dots" or "cdots";

    private static bool IsGivenValue(List<Token> tokens, int end, string letter)
    {
        for (var i = 0; i + 1 < end; i++)
        {
            if (tokens[i].Kind == TokenKind.Letters && tokens[i].Text == letter && tokens[i + 1].Is('=') && (i == 0 || tokens[i - 1].Is(',') || tokens[i - 1].Is(Marks.Or) || tokens[i - 1].Is(Marks.And)))
            {
                return true;
            }
        }

        return false;
    }

    // A comma, a parenthesis or a word of grammar begins a clause, and so does a letter apart that was used before: "2πk  k ∈ ℤ".
    private static bool MayStart(List<Token> tokens, int at) => tokens[at].Is(',') || tokens[at].Is(';')
        || (tokens[at].Is('(') && tokens[at].SpaceBefore | !tokens[at - 1].Is('=') && tokens[^2].Is(')'))
        || tokens[at].IsCommand("forall") || (tokens[at].Kind is TokenKind.Letters or TokenKind.Text && tokens[at].Text.Length > 1)
        || (tokens[at] is { Kind: TokenKind.Letters, SpaceBefore: true } letter && tokens[at + 1].Is('∈') && !IsOperator(tokens[at - 1])
            && tokens.Take(at).Any(t => t.Kind == TokenKind.Letters && t.Text.EndsWith(letter.Text, StringComparison.Ordinal)));

    private static bool IsOperator(Token token) => token.Kind == TokenKind.Mark && token.Text[0] is not (')' or '}' or ']');

    // The words of the clause with single spaces; null where anything else stands in it.
    private static string? Words(List<Token> tokens, int start, int end)
    {
        var words = new List<string>();
        var enclosed = tokens[start].Is('(') || (tokens[start].Is(',') && tokens[start + 1].Is('('));
        for (var i = start; i < end; i++)
        {
            if (tokens[i].Kind is TokenKind.Letters or TokenKind.Text)
            {
                words.AddRange(tokens[i].Text.Split([' ', ',', '.', '~'], StringSplitOptions.RemoveEmptyEntries).Select(w => w.Length == 1 ? w : w.ToLowerInvariant()));
            }
            else if (tokens[i].Is('∈') || tokens[i].Is('=') || tokens[i].Is('±') || IsEllipsis(tokens[i]) || tokens[i].IsCommand("forall") || tokens[i].Kind == TokenKind.Number)
            {
                words.Add(tokens[i].Kind == TokenKind.Number ? tokens[i].Value.ToString() : tokens[i].IsCommand("forall") ? "for" : tokens[i].Kind == TokenKind.Command ? "…" : tokens[i].Text);
            }
            else if (!(tokens[i].IsCommand("mathbb") || tokens[i].Is('{') || tokens[i].Is('}') || tokens[i].Is(',') || tokens[i].Is(Marks.And) || (enclosed && (tokens[i].Is('(') || (tokens[i].Is(')') && i == end - 1)))))
            {
                return null;
            }
        }

        return string.Join(' ', words);
    }

    private static Token[] IsInteger(string letter) =>
    [
        Token.OfMark(','), new(TokenKind.Letters, letter, default, 0, SpaceBefore: true), Token.OfMark('∈'),
        new(TokenKind.Command, "mathbb", default, 0, SpaceBefore: false), Token.OfMark('{'), new(TokenKind.Letters, "Z", default, 0, SpaceBefore: false), Token.OfMark('}'),
    ];
}
