using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace RewardServer.CSharpCompiler;

/// <summary>What programs may refer to.</summary>
internal static class Framework
{
    /// <summary>
    /// The assemblies of the runtime that runs us, which is the one that will run them: there are no reference
    /// assemblies in a slot. Ours and the compiler's own are not among them.
    /// </summary>
    public static ImmutableArray<MetadataReference> References()
    {
        var folder = Path.GetDirectoryName(typeof(object).Assembly.Location);
        var trusted = (string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "";
        return
        [
            .. trusted.Split(Path.PathSeparator)
                .Where(path => Path.GetDirectoryName(path) == folder)
                .Order(StringComparer.Ordinal)
                .Select(path => MetadataReference.CreateFromFile(path)),
        ];
    }
}
