using System.Collections.Frozen;

namespace RewardServer.Symbolics.Reading;

/// <summary>
/// Takes off the sentence that an answer may come in: "Therefore, the answer is 5." The words that may do so are a closed list, so
/// that no "not" and no "minus" is ever skipped: prose with any other word in it stays, and is no value.
/// </summary>
internal static class LeadIn
{
    private static readonly FrozenSet<string> Adverbs =
        new[] { "so", "thus", "therefore", "hence", "finally", "consequently", "either", "both", "ans" }.ToFrozenSet();

    private static readonly FrozenSet<string> Verbs = new[] { "is", "are", "equals", "equal", "be" }.ToFrozenSet();

    private static readonly FrozenSet<string> Subjects = new[]
    {
        "the", "our", "this", "that", "it", "its", "final", "correct", "right", "answer", "answers", "result", "results", "solution", "solutions",
        "value", "values", "of", "to", "for", "problem", "question", "expression", "equation", "required", "desired", "simplified", "total",
        "number", "sum", "product", "cost", "price", "probability", "area", "distance", "length", "width", "height", "perimeter", "volume", "radius",
        "time", "age", "average", "mean", "median", "ratio", "angle", "in", "simplest", "form", "we", "have", "get", "find", "which", "gives", "must",
        "option", "choice",
    }.ToFrozenSet();

    /// <summary>What is left when the sentence before the answer is taken off; the same tokens where there is none.</summary>
    public static List<Token> Strip(List<Token> tokens)
    {
        var (end, sentence) = (0, false);
        for (var i = 0; i < tokens.Count - 1; i++)
        {
            var role = RoleOf(tokens[i]);
            if (role == Role.Other && IsNamed(tokens, i))
            {
                return [tokens[i], Token.OfMark('='), .. tokens[(i + 2)..]];
            }

            if (role == Role.Other || (!sentence && role == Role.Sign))
            {
                break;
            }

            sentence = true;
            end = role is Role.Ends || (role == Role.Sign && end == i) ? i + 1 : end;
        }

        return end > 0 && end < tokens.Count - 1 ? tokens[end..] : tokens;
    }

    // "x is 5" names the value: x = 5.
    private static bool IsNamed(List<Token> tokens, int at) => tokens[at] is { Kind: TokenKind.Letters, Text.Length: 1 }
        && tokens[at + 1] is { Kind: TokenKind.Letters, Text: "is" or "equals" };

    private static Role RoleOf(Token token)
    {
        if (token.Kind == TokenKind.Mark)
        {
            return token.Text[0] is ':' or '=' ? Role.Ends : token.Text[0] is ',' or '*' or '#' ? Role.Sign : Role.Other;
        }

        if (token.Kind is not (TokenKind.Letters or TokenKind.Text))
        {
            return Role.Other;
        }

        var words = token.Text.ToLowerInvariant().Split([' ', ',', '\n'], StringSplitOptions.RemoveEmptyEntries);
        var last = words.Length == 0 ? string.Empty : words[^1].TrimEnd(':');
        var known = words.All(w => Subjects.Contains(w.TrimEnd(':')) || Verbs.Contains(w) || Adverbs.Contains(w));
        return !known || words.Length == 0 ? Role.Other
            : Verbs.Contains(last) || Adverbs.Contains(last) || words[^1].EndsWith(':') || last is "gives" or "get" or "have" or "option" or "choice"
            ? Role.Ends : Role.Subject;
    }

    private enum Role
    {
        Other,
        Subject,
        Sign,
        Ends,
    }
}
