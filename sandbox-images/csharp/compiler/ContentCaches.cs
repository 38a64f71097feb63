using System.Collections;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace RewardServer.CSharpCompiler;

/// <summary>
/// What the compiler keeps of the sources that it has read: tables of texts, tokens and small nodes, bounded in their
/// entries and not in their bytes. Literals and comments of earlier programs would stay, some hundred megabytes of them
/// after a thousand programs, until a later program is taken for the one that needs too much memory.
/// </summary>
/// <remarks>
/// There is no public way to empty them. Their names are those of the version in Directory.Packages.props: where
/// another has others, no worker gets ready, and the tests say so.
/// </remarks>
internal sealed class ContentCaches
{
    private const BindingFlags Static = BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public;
    private const BindingFlags Instance = BindingFlags.Instance | BindingFlags.NonPublic;

    private readonly List<Array> tables = [];
    private readonly List<object> pools = [];

    /// <exception cref="MissingFieldException">This version of the compiler has other tables.</exception>
    /// <exception cref="TypeLoadException">It has none of these.</exception>
    public ContentCaches()
    {
        var (common, csharp) = (typeof(SyntaxNode).Assembly, typeof(CSharpSyntaxTree).Assembly);
        var texts = common.GetType("Roslyn.Utilities.StringTable", throwOnError: true)!;
        Keep(texts, "s_sharedTable", "s_staticPool");
        foreach (var kind in new[] { "SyntaxToken", "SyntaxTrivia" })
        {
            var key = csharp.GetType("Microsoft.CodeAnalysis.CSharp.Syntax.InternalSyntax." + kind, throwOnError: true)!;
            var generic = common.GetType("Roslyn.Utilities.TextKeyedCache`1", throwOnError: true)!;
            Keep(generic.MakeGenericType(key), "s_sharedTable", "s_staticPool");
        }

        Keep(common.GetType("Microsoft.CodeAnalysis.Syntax.InternalSyntax.SyntaxNodeCache", throwOnError: true)!, "s_cache", null);
        Keep(csharp.GetType("Microsoft.CodeAnalysis.CSharp.Syntax.InternalSyntax.LexerCache", throwOnError: true)!, null, "s_lexerCachePool");
    }

    /// <summary>Forgets all programs. None may be in the works.</summary>
    public void Clear()
    {
        tables.ForEach(Array.Clear);
        foreach (var pool in pools)
        {
            Field(pool.GetType(), "_firstItem", Instance).SetValue(pool, null);
            Array.Clear((Array)Value(pool, "_items"));
        }
    }

    private void Keep(Type type, string? table, string? pool)
    {
        if (table is not null)
        {
            var value = Field(type, table, Static).GetValue(null)!;

            // A large table is in segments, under a structure of its own.
            tables.AddRange(value is Array whole ? [whole] : ((IEnumerable)Value(value, "_items")).Cast<Array>());
        }

        if (pool is not null)
        {
            pools.Add(Field(type, pool, Static).GetValue(null)!);
        }
    }

    private static object Value(object of, string name) => Field(of.GetType(), name, Instance).GetValue(of)!;

    private static FieldInfo Field(Type type, string name, BindingFlags where) =>
        type.GetField(name, where) ?? throw new MissingFieldException(type.FullName, name);
}
