using System.Text;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders.Code.Checkers;
using RewardServer.Grading.Graders.Pattern;

namespace RewardServer.Grading.Graders.Json.Schemas;

/// <summary>A regular expression of a schema's: ECMA-262's, as far as it needs no backtracking. It matches anywhere in a text.</summary>
internal sealed class SchemaPattern
{
    private readonly CompiledPattern pattern;

    private SchemaPattern(CompiledPattern pattern) => this.pattern = pattern;

    /// <summary>Makes one.</summary>
    /// <exception cref="SchemaException">It cannot be used.</exception>
    public static SchemaPattern Of(string expression)
    {
        var compiled = expression.Length > PatternTask.LongestPattern ? null : CompiledPattern.Of(Translated(expression), whole: false, ignoreCase: false);
        return compiled is null ? throw new SchemaException($"has a pattern of over {PatternTask.LongestPattern} characters")
            : compiled.Fault is { } fault ? throw new SchemaException($"has the pattern {Excerpt.Of(expression)}, which {fault}")
            : new(compiled);
    }

    /// <summary>Whether a text matches; one that is too long to be matched cuts the check off.</summary>
    public bool Matches(string text, SchemaRun run) =>
        run.Spend(text.Length > pattern.LongestText ? int.MaxValue : 1 + (text.Length * pattern.States / 4)) && pattern.Matches(text);

    // In .NET a digit may be of any script, and "$" may stand before the last line break.
    private static string Translated(string expression)
    {
        var (result, inClass) = (new StringBuilder(expression.Length), false);
        for (var at = 0; at < expression.Length; at++)
        {
            var escaped = expression[at] == '\\' && at + 1 < expression.Length ? expression[++at] : '\0';
            inClass = escaped == '\0' ? expression[at] == '[' || (inClass && expression[at] != ']') : inClass;
            result.Append((escaped, inClass) switch
            {
                ('\0', false) when expression[at] == '$' => @"\z",
                ('\0', _) => expression[at].ToString(),
                ('d', true) => "0-9",
                ('d', false) => "[0-9]",
                ('w', true) => "A-Za-z0-9_",
                ('w', false) => "[A-Za-z0-9_]",
                ('D', false) => "[^0-9]",
                ('W', false) => "[^A-Za-z0-9_]",
                ('/', _) => "/",
                _ => $"\\{escaped}",
            });
        }

        return result.ToString();
    }
}
