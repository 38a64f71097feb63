using System.Collections.Immutable;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Compatibility.Programs;

/// <summary>
/// Reads files as SandboxFusion's protocol has them: path to base64. Paths are those below the program's folder, or below /tmp, which here is
/// the same folder. A file without content, or whose name holds IGNORE_THIS_FILE, is left out (sandbox/runners/base.py).
/// </summary>
internal static class ForeignFiles
{
    private const string LeftOut = "IGNORE_THIS_FILE";

    private static readonly string[] Roots = ["/tmp/", "/box/"];

    /// <summary>Reads them.</summary>
    /// <param name="files">Path to base64.</param>
    /// <returns>The files; or the path of the member at fault with what is wrong with it.</returns>
    public static (ImmutableArray<SandboxFile> Files, (string Path, string Message)? Error) Read(IReadOnlyDictionary<string, string?>? files)
    {
        var read = ImmutableArray.CreateBuilder<SandboxFile>();
        foreach (var (path, content) in files ?? new Dictionary<string, string?>())
        {
            if (content is null || path.Contains(LeftOut, StringComparison.Ordinal))
            {
                continue;
            }

            if (Inner(path) is not { } inner)
            {
                return ([], ("files", $"'{Shown(path)}' is not a path below the program's folder or /tmp"));
            }

            if (Bytes(content) is not { } bytes)
            {
                return ([], ($"files.{Shown(path)}", "must be base64"));
            }

            read.Add(new(inner, bytes));
        }

        // Two spellings of one path: the last is the one that a file system would have.
        return ([.. read.GroupBy(file => file.Path, StringComparer.Ordinal).Select(same => same.Last())], null);
    }

    /// <summary>Reads the paths of files that are to come back.</summary>
    /// <param name="paths">The client's.</param>
    /// <param name="fetched">Gets the client's paths, by ours.</param>
    /// <param name="folder">Whose folder they are below, for a message.</param>
    /// <returns>What is wrong, by its member; null for nothing.</returns>
    public static (string Path, string Message)? ReadPaths(IReadOnlyList<string?>? paths, Dictionary<string, string> fetched, string folder)
    {
        for (var i = 0; i < (paths?.Count ?? 0); i++)
        {
            if (paths![i] is not { } path || Inner(path) is not { } inner)
            {
                return ($"fetch_files[{i}]", $"must be a path below the {folder}'s folder or /tmp");
            }

            fetched[inner] = path;
        }

        return null;
    }

    /// <summary>A path below the scratch folder; null where it is none.</summary>
    public static string? Inner(string path)
    {
        var below = Roots.FirstOrDefault(known => path.StartsWith(known, StringComparison.Ordinal)) is { } root ? path[root.Length..] : path;
        var parts = below.Split('/').Where(part => part != ".").ToList();
        return below.StartsWith('/') || below.EndsWith('/') || below.Contains('\0', StringComparison.Ordinal) || parts.Contains("..") || !parts.Exists(part => part.Length > 0)
            ? null
            : string.Join('/', parts.Where(part => part.Length > 0));
    }

    private static byte[]? Bytes(string base64)
    {
        var bytes = new byte[(base64.Length / 4 * 3) + 3];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? bytes[..length] : null;
    }

    private static string Shown(string path) => path.Length <= 100 ? path : path[..100] + "…";
}
