using System.Collections.Immutable;
using System.IO.MemoryMappedFiles;
using Microsoft.CodeAnalysis;

namespace RewardServer.CSharpCompiler;

/// <summary>What programs may refer to.</summary>
internal static class Framework
{
    private static readonly List<MemoryMappedViewAccessor> Mapped = [];

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
                .Select(path => Map(path)),
        ];
    }

    // Mapped for as long as we live, rather than read: only what is looked at becomes resident, and all slots share it.
    private static unsafe PortableExecutableReference Map(string path)
    {
        using var file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        var view = file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        byte* start = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        var module = ModuleMetadata.CreateFromImage((nint)start, checked((int)new FileInfo(path).Length));
        Mapped.Add(view);
        return AssemblyMetadata.Create(module).GetReference(filePath: path);
    }
}
