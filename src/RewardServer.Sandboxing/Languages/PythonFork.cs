using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Sandboxing.Languages;

/// <summary>What a zygote has imported.</summary>
internal enum PythonPreload
{
    /// <summary>There is no zygote for the program: it needs a fresh interpreter.</summary>
    None,

    /// <summary>What most programs import of the standard library.</summary>
    Common,

    /// <summary>That, and numpy.</summary>
    Numpy,
}

/// <summary>
/// Tells programs for which a fork of a warm interpreter is as good as a fresh one. Those that look at what a fork cannot
/// give get a fresh one; docs/sandbox.md has the table.
/// </summary>
internal static partial class PythonFork
{
    // The zygotes read the same lists.
    private static readonly FrozenSet<string> Common = Read("preloaded.txt");
    private static readonly FrozenSet<string> WithNumpy = Common.Concat(Read("preloaded-numpy.txt")).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Which zygote will do. A zygote's command line names the main file, and cannot be changed.</summary>
    public static PythonPreload ListFor(IReadOnlyList<SandboxFile> files)
    {
        var sources = files.Where(file => file.Path.EndsWith(".py", StringComparison.Ordinal)).Select(file => Encoding.Latin1.GetString(file.Content.Span)).ToList();
        var numpy = sources.Exists(source => source.Contains("numpy", StringComparison.Ordinal));
        var modules = numpy ? WithNumpy : Common;
        return files[0].Path != "main.py" || files.Any(file => modules.Contains(ModuleOf(file.Path))) || sources.Exists(AsksForFresh().IsMatch) ? PythonPreload.None
            : numpy ? PythonPreload.Numpy
            : PythonPreload.Common;
    }

    // A file or folder at the top of the scratch comes before the standard library's module of its name.
    private static string ModuleOf(string path)
    {
        var top = path.Split('/')[0];
        var dot = top.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? top : top[..dot];
    }

    private static FrozenSet<string> Read(string list)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "residents", "python", list);
        return (File.Exists(path) ? File.ReadAllLines(path) : []).Where(name => name.Length > 0).ToFrozenSet(StringComparer.Ordinal);
    }

    [GeneratedRegex(
        @"\bsys\s*\.\s*modules\b|\bfrom\s+sys\s+import\b.*\bmodules\b|\bpath_importer_cache\b"
        + @"|\b(collections\s*\.\s*abc|importlib\s*\.\s*\w+|concurrent\s*\.\s*futures|json\s*\.\s*tool)\s*\."
        + @"|\bgc\s*\.\s*(?!enable\b|disable\b|isenabled\b|collect\b)\w+|\bfrom\s+gc\s+import\b|\b__del__\b|\bweakref\b"
        + @"|\bgetrefcount\b|\bgetallocatedblocks\b|\btracemalloc\b|\bgetppid\b|/proc/|\b_ncallbacks\b"
        + @"|\b__subclasses__\b|\b__import__\b|\breload\b|\bimportlib\b|\bru_maxrss\b|\bgetrusage\b",
        RegexOptions.CultureInvariant)]
    private static partial Regex AsksForFresh();
}
