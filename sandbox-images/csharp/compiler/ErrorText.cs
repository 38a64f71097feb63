using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace RewardServer.CSharpCompiler;

/// <summary>Errors as the command-line compiler prints them: <c>main.cs(3,14): error CS0103: The name …</c>.</summary>
internal static class ErrorText
{
    private const int MaxLines = 100, MaxLength = 2000;

    /// <summary>
    /// The first lines, each of bounded length. Where the text cannot be parsed, only that is told: all other errors
    /// follow from it.
    /// </summary>
    public static IReadOnlyList<string> Lines(IEnumerable<Diagnostic> parsing, IEnumerable<Diagnostic> all)
    {
        var syntax = parsing.Where(IsError).Take(MaxLines).ToList();
        return [.. (syntax.Count > 0 ? syntax : all.Where(IsError)).Take(MaxLines).Select(Line)];
    }

    private static bool IsError(Diagnostic diagnostic) => diagnostic.Severity == DiagnosticSeverity.Error;

    private static string Line(Diagnostic diagnostic)
    {
        var line = CSharpDiagnosticFormatter.Instance.Format(diagnostic, CultureInfo.InvariantCulture);
        return line.Length > MaxLength ? string.Concat(line.AsSpan(0, MaxLength), "…") : line;
    }
}
