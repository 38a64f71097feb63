using System.Collections.Frozen;

namespace RewardServer.Compatibility;

/// <summary>
/// The names that trainers and their data sets have for the sandbox's languages. What runs tests is no other name of the language that they are
/// written in (SandboxFusion's pytest, go_test, junit, jest, D_ut): a program that only defines tests would pass them all.
/// </summary>
internal static class ForeignLanguages
{
    private static readonly FrozenDictionary<string, string> Ours = new Dictionary<string, string>
    {
        ["python3"] = "python",
        ["py"] = "python",
        ["py3"] = "python",
        ["ipython"] = "python",
        ["c++"] = "cpp",
        ["cxx"] = "cpp",
        ["c#"] = "csharp",
        ["cs"] = "csharp",
        ["node"] = "javascript",
        ["nodejs"] = "javascript",
        ["js"] = "javascript",
        ["ts"] = "typescript",
        ["golang"] = "go",
        ["rs"] = "rust",
        ["shell"] = "bash",
        ["sh"] = "bash",
        ["sqlite"] = "sql",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The sandbox's name for a language; the same name, in lower case, where it has no other. Such as lean4 and pypy3 are then not installed.</summary>
    public static string OursFor(string name) => Ours.GetValueOrDefault(name.Trim(), name.Trim().ToLowerInvariant());
}
