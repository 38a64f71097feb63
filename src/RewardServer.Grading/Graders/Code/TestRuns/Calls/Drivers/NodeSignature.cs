using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace RewardServer.Grading.Graders.Code.TestRuns.Calls.Drivers;

/// <summary>
/// Which parameters of a JavaScript or TypeScript function are LeetCode's nodes, as its annotations or the comment before
/// it (<c>@param {ListNode} head</c>) say. It is read from the text, for neither is there when the program runs.
/// </summary>
/// <param name="Parameters">For each parameter "ListNode", "TreeNode", the same with "[]" for a list of them, or "".</param>
/// <param name="IsResult">Whether the function gives such a node.</param>
internal sealed partial record NodeSignature(ImmutableArray<string> Parameters, bool IsResult)
{
    private const int LongestText = 100_000;

    /// <summary>Reads the signature of a function; nothing is a node where none can be found.</summary>
    public static NodeSignature Of(string source, string function)
    {
        if (!AnyNode().IsMatch(source) || source.Length > LongestText)
        {
            return new([], false);
        }

        var definition = Regex.Match(source, $@"\b{Regex.Escape(function)}\s*[=:]?\s*(?:async\b\s*)?(?:function\b[^(]*)?\(", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        return !definition.Success ? new([], false)
            : OfAnnotations(source[(definition.Index + definition.Length)..]) is { } annotated && (annotated.IsResult || annotated.Parameters.Any(kind => kind.Length > 0)) ? annotated
            : OfComment(source[..definition.Index]);
    }

    private static NodeSignature OfAnnotations(string text)
    {
        var parameters = ImmutableArray.CreateBuilder<string>();
        var (depth, start) = (0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            var letter = text[i];
            var ends = depth == 0 && (letter is ',' or ')');
            var isArrow = letter == '>' && i > 0 && text[i - 1] == '=';
            depth += letter is '(' or '[' or '{' or '<' ? 1 : letter is ')' or ']' or '}' or '>' && !isArrow ? -1 : 0;
            if (!ends)
            {
                continue;
            }

            parameters.Add(KindOf(text[start..i]));
            start = i + 1;
            if (letter == ')')
            {
                var result = text[start..].TrimStart();
                return new(parameters.ToImmutable(), result.StartsWith(':') && KindOf(result.Split('{', '=', '\n')[0]).Length > 0);
            }
        }

        return new([], false);
    }

    private static NodeSignature OfComment(string before)
    {
        var start = before.LastIndexOf("/**", StringComparison.Ordinal);
        var comment = start < 0 ? "" : before[start..];
        return new(
            [.. Parameter().Matches(comment).Select(match => KindOf(match.Groups[1].Value))],
            Result().Match(comment) is { Success: true } result && KindOf(result.Groups[1].Value).Length > 0);
    }

    private static string KindOf(string type) =>
        AnyNode().Match(type) is { Success: true } node ? node.Value + (List().IsMatch(type) ? "[]" : "") : "";

    [GeneratedRegex(@"\b(ListNode|TreeNode)\b", RegexOptions.CultureInvariant)]
    private static partial Regex AnyNode();

    [GeneratedRegex(@"\[\]|\bArray\s*<", RegexOptions.CultureInvariant)]
    private static partial Regex List();

    [GeneratedRegex(@"@param\s*\{([^}\n]*)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"@returns?\s*\{([^}\n]*)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Result();
}
