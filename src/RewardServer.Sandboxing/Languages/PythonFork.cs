using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Sandboxing.Languages;

/// <summary>
/// Tells programs for which a fork of a warm interpreter is as good as a fresh one. Those that look at what a fork cannot
/// give (docs/sandbox.md) get a fresh one.
/// </summary>
internal static partial class PythonFork
{
    // Beside the zygote's own file, which reads the same list.
    private static readonly FrozenSet<string> Preloaded = Read(Path.Combine(AppContext.BaseDirectory, "residents", "python", "preloaded.txt"));

    /// <summary>Whether a fork will do. The zygote's command line names the main file, and cannot be changed.</summary>
    public static bool IsPossible(IReadOnlyList<SandboxFile> files) =>
        files[0].Path == "main.py"
        && !files.Any(file => Preloaded.Contains(ModuleOf(file.Path)))
        && !files.Any(file => file.Path.EndsWith(".py", StringComparison.Ordinal) && AsksForFresh().IsMatch(Encoding.Latin1.GetString(file.Content.Span)));

    // A file or folder at the top of the scratch comes before the standard library's module of its name.
    private static string ModuleOf(string path)
    {
        var top = path.Split('/')[0];
        var dot = top.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? top : top[..dot];
    }

    private static FrozenSet<string> Read(string path) =>
        (File.Exists(path) ? File.ReadAllLines(path) : [])
            .Select(line => line.Split('#')[0].Trim().Split('.')[0])
            .Where(name => name.Length > 0)
            .ToFrozenSet(StringComparer.Ordinal);

    [GeneratedRegex(@"sys\.modules|\bgetppid\b|\btracemalloc\b|\bgc\.(get_|freeze|unfreeze|set_debug|callbacks)|\bRUSAGE_CHILDREN\b|/proc/", RegexOptions.CultureInvariant)]
    private static partial Regex AsksForFresh();
}
