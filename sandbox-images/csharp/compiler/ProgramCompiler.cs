using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace RewardServer.CSharpCompiler;

/// <summary>What came of a program.</summary>
/// <param name="Assembly">The portable executable; empty where there are errors.</param>
/// <param name="Errors">The lines that the command-line compiler would print; empty where there is an assembly.</param>
/// <param name="EndsEarly">Whether all that is wrong is that a text does not go on.</param>
internal sealed record Compiled(ReadOnlyMemory<byte> Assembly, IReadOnlyList<string> Errors, bool EndsEarly = false);

/// <summary>
/// Compiles console programs as a new project of .NET would be. No source can make it open a file: it has no resolver of
/// references, sources, included documents or key files, and runs no analyzer or generator.
/// </summary>
internal sealed class ProgramCompiler
{
    private const string ImplicitUsings =
        """
        global using global::System;
        global using global::System.Collections.Generic;
        global using global::System.IO;
        global using global::System.Linq;
        global using global::System.Net.Http;
        global using global::System.Threading;
        global using global::System.Threading.Tasks;
        """;

    private static readonly CSharpParseOptions Parsing = new(
        LanguageVersion.Latest,
        DocumentationMode.None,
        SourceCodeKind.Regular,
        [
            "TRACE", "RELEASE", "NET", "NET10_0", "NETCOREAPP",
            .. Enumerable.Range(5, 6).Select(version => $"NET{version}_0_OR_GREATER"),
        ]);

    // Nullable annotations without warnings: the program is the same, and the analysis of flow that only warns is saved.
    private static readonly CSharpCompilationOptions Options = new(
        OutputKind.ConsoleApplication,
        optimizationLevel: OptimizationLevel.Release,
        allowUnsafe: true,
        nullableContextOptions: NullableContextOptions.Annotations,
        generalDiagnosticOption: ReportDiagnostic.Suppress,
        concurrentBuild: false,
        deterministic: true);

    private readonly CSharpCompilation empty;

    /// <param name="references">Read once: what each program adds is compiled against the same symbols.</param>
    public ProgramCompiler(ImmutableArray<MetadataReference> references) =>
        empty = CSharpCompilation.Create("main", [Parse("implicit usings", SourceText.From(ImplicitUsings, Encoding.UTF8))], references, Options);

    /// <summary>Compiles all files together.</summary>
    public Compiled Compile(IReadOnlyList<SourceFile> files)
    {
        var sources = files.Select(file => (file.Path, Text: Decode(file))).ToList();
        foreach (var (path, text) in sources)
        {
            if (Nesting.FirstTooDeep(text, Parsing) is { } place)
            {
                return new(default, [ErrorText.TooDeep(path, place)]);
            }
        }

        var trees = sources.Select(source => Parse(source.Path, source.Text)).ToList();
        if (trees.Exists(tree => tree.GetDiagnostics().Any(ErrorText.IsError)))
        {
            // All else follows from it, and need not be looked for.
            return new(default, ErrorText.Lines(trees.SelectMany(tree => tree.GetDiagnostics())), TextEnd.IsAllThatIsWrong(trees));
        }

        using var assembly = new MemoryStream();
        var result = EntryPoint.InFirst(empty, trees).Emit(assembly);
        return result.Success
            ? new(assembly.GetBuffer().AsMemory(0, (int)assembly.Length), [])
            : new(default, ErrorText.Lines(result.Diagnostics));
    }

    // Bytes that are not UTF-8 become U+FFFD, as with the command-line compiler.
    private static SourceText Decode(SourceFile file) => SourceText.From(file.Content.ToArray(), file.Content.Length, Encoding.UTF8);

    private static SyntaxTree Parse(string path, SourceText text) => CSharpSyntaxTree.ParseText(text, Parsing, path);
}
