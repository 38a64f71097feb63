using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace RewardServer.CSharpCompiler;

/// <summary>
/// Refuses sources whose brackets nest too deeply. The parser looks ahead at each open bracket to the end of what it
/// may begin, so that its time grows with the square of the depth: minutes for a few kilobytes of parentheses.
/// </summary>
internal static class Nesting
{
    // Half a second of parsing; programs that people write stay below a hundred.
    private const int MaxDepth = 2000;

    /// <returns>Where a bracket opens that is one too many; null in nearly all sources.</returns>
    public static LinePosition? FirstTooDeep(SourceText text, CSharpParseOptions options)
    {
        // Brackets in comments and literals can only add to this count: where it is low, no token need be looked at.
        if (Deepest(text.ToString()) <= MaxDepth)
        {
            return null;
        }

        var depth = 0;
        foreach (var token in SyntaxFactory.ParseTokens(text.ToString(), options: options))
        {
            depth = Math.Max(0, depth + Step(token));

            // An interpolated string is a token in which expressions nest.
            if (depth + Inside(token) > MaxDepth)
            {
                return text.Lines.GetLinePosition(token.SpanStart);
            }
        }

        return null;
    }

    private static int Step(SyntaxToken token) => token.Kind() switch
    {
        SyntaxKind.OpenParenToken or SyntaxKind.OpenBracketToken or SyntaxKind.OpenBraceToken => 1,
        SyntaxKind.CloseParenToken or SyntaxKind.CloseBracketToken or SyntaxKind.CloseBraceToken => -1,
        _ => 0,
    };

    private static int Inside(SyntaxToken token) => token.Text.StartsWith('$') || token.Text.StartsWith("@$", StringComparison.Ordinal) ? Deepest(token.Text) : 0;

    private static int Deepest(string text)
    {
        var (depth, deepest) = (0, 0);
        foreach (var character in text)
        {
            depth += character switch { '(' or '[' or '{' => 1, ')' or ']' or '}' when depth > 0 => -1, _ => 0 };
            deepest = Math.Max(deepest, depth);
        }

        return deepest;
    }
}
