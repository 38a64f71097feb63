using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace RewardServer.CSharpCompiler;

/// <summary>Errors as the command-line compiler prints them: <c>main.cs(3,14): error CS0103: The name …</c>.</summary>
internal static class ErrorText
{
    private const int MaxLines = 100, MaxLength = 2000;

    /// <summary>The first errors, each a line of bounded length.</summary>
    public static IReadOnlyList<string> Lines(IEnumerable<Diagnostic> diagnostics) => [.. diagnostics.Where(IsError).Take(MaxLines).Select(Line)];

    /// <summary>Whether it keeps a program from being compiled.</summary>
    public static bool IsError(Diagnostic diagnostic) => diagnostic.Severity == DiagnosticSeverity.Error;

    /// <summary>What the compiler says where its own stack ends.</summary>
    public static string TooDeep(string path, LinePosition place) => string.Create(
        CultureInfo.InvariantCulture,
        $"{path}({place.Line + 1},{place.Character + 1}): error CS8078: An expression is too long or complex to compile");

    private static string Line(Diagnostic diagnostic)
    {
        var line = CSharpDiagnosticFormatter.Instance.Format(diagnostic, CultureInfo.InvariantCulture);
        return line.Length > MaxLength ? string.Concat(line.AsSpan(0, MaxLength), "…") : line;
    }
}
