using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;
using RewardServer.Grading.Graders.Custom.Scripts;

namespace RewardServer.Scripting;

/// <summary>
/// Makes assemblies of scripts: C# in the form of scripts, with the members of <see cref="ScriptGlobals"/> as if they were
/// the script's own, and all of .NET's class library.
/// </summary>
internal static class ScriptCompilation
{
    private const int MostErrors = 100;

    private static readonly string[] Usings =
    [
        "System", "System.Collections.Generic", "System.Collections.Immutable", "System.Globalization", "System.Linq", "System.Text",
        "System.Text.Json", "System.Text.Json.Nodes", "System.Text.RegularExpressions",
    ];

    private static readonly CSharpParseOptions Form = new(kind: SourceCodeKind.Script);

    private static readonly CSharpCompilationOptions Options = new(
        OutputKind.DynamicallyLinkedLibrary, usings: Usings, optimizationLevel: OptimizationLevel.Release, deterministic: true, nullableContextOptions: NullableContextOptions.Enable);

    private static readonly MetadataReference[] References = [.. Files().Select(file => MetadataReference.CreateFromFile(file))];

    /// <summary>Compiles a script.</summary>
    public static CompiledScript Compile(ScriptSource source)
    {
        var tree = CSharpSyntaxTree.ParseText(SourceText.From(source.Text, Encoding.UTF8), Form, source.Path);
        var compilation = CSharpCompilation.CreateScriptCompilation(
            "script", tree, References, Options, returnType: typeof(ScriptScore), globalsType: typeof(ScriptGlobals));
        using var assembly = new MemoryStream();
        using var symbols = new MemoryStream();
        var result = compilation.Emit(assembly, symbols, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb));
        return result.Success && compilation.GetEntryPoint(CancellationToken.None) is { } entry
            ? new(assembly.ToArray(), symbols.ToArray(), entry.ContainingType.MetadataName, entry.MetadataName, [])
            : new([], [], "", "", [.. Errors(result.Diagnostics).Take(MostErrors)]);
    }

    // In the compiler's own form: file(line,column): error CS0103: …
    private static IEnumerable<string> Errors(IEnumerable<Diagnostic> diagnostics) => diagnostics
        .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
        .OrderBy(error => error.Location.SourceSpan.Start)
        .Select(error => CSharpDiagnosticFormatter.Instance.Format(error, CultureInfo.InvariantCulture));

    private static IEnumerable<string> Files()
    {
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        return ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(file => Path.GetDirectoryName(file) == framework)
            .Append(typeof(ScriptGlobals).Assembly.Location)
            .Append(typeof(ScriptSource).Assembly.Location);
    }
}
