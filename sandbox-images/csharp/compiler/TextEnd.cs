using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RewardServer.CSharpCompiler;

/// <summary>Tells a text that was cut off from one that is wrong.</summary>
internal static class TextEnd
{
    /// <summary>Whether there are errors of syntax, and each of them is at the end of its text, or of a literal or comment that reaches it.</summary>
    public static bool IsAllThatIsWrong(IReadOnlyList<SyntaxTree> trees) => trees.All(EndsWell) && trees.Any(tree => tree.GetDiagnostics().Any(ErrorText.IsError));

    private static bool EndsWell(SyntaxTree tree)
    {
        var text = tree.GetText().ToString().AsSpan().TrimEnd();
        var (root, end) = (tree.GetRoot(), text.Length);

        // The first sign of a literal makes no token without the next.
        var behind = end - (text.EndsWith("$") || text.EndsWith("@") ? 1 : 0);
        return tree.GetDiagnostics().Where(ErrorText.IsError).All(error => error.Location.SourceSpan is var place && (place.Start >= behind || ReachesEnd(root, place.Start, end)));
    }

    // What is never closed is told where it opens: it is a matter of the end where it reaches there. So is a word that may be cut.
    private static bool ReachesEnd(SyntaxNode root, int place, int end)
    {
        var trivia = root.FindTrivia(place);
        var token = root.FindToken(place);
        return trivia.IsKind(SyntaxKind.MultiLineCommentTrivia) ? trivia.Span.End >= end
            : token.SpanStart <= place && ((token.Span.End >= end && !SyntaxFacts.IsPunctuation(token.Kind())) || token.Parent?.FirstAncestorOrSelf<InterpolatedStringExpressionSyntax>()?.Span.End >= end);
    }
}
