using RewardServer.Grading.Graders.Code;

namespace RewardServer.Grading.Extraction;

/// <summary>Files that a program may not bring with it: those by which it would decide how its tests run.</summary>
internal static class ReservedFiles
{
    private static readonly string[] Takeovers =
        ["conftest.py", "sitecustomize.py", "usercustomize.py", "pytest.ini", ".bashrc", ".bash_profile", ".profile", ".bash_env", ".sqliterc", ".npmrc", ".pythonrc", ".gdbinit"];

    // What an ordinary project has: nothing to suspect, and not wanted all the same.
    private static readonly string[] Settings =
        ["tox.ini", "setup.cfg", "setup.py", "pyproject.toml", "package.json", "package-lock.json", "tsconfig.json", "jsconfig.json", "nuget.config", "global.json", "go.mod", "go.sum", "go.work", "cargo.toml", "build.rs", "makefile", "cmakelists.txt", "pyvenv.cfg", "module-info.java"];

    private static readonly string[] SettingsEndings = [".csproj", ".sln", ".runtimeconfig.json", ".runtimeconfig.dev.json", ".deps.json", "_test.go"];

    private static readonly string[] Folders = ["node_modules", "__pycache__", "META-INF", "vendor"];

    /// <summary>Whether a name is one of these, however it ends.</summary>
    public static bool Has(string path) => IsTakeover(path) || IsSettings(Name(path));

    /// <summary>Why a file is left out, and whether that is suspect; null where it may stand beside the program.</summary>
    public static LeftOutFile? Check(string path, CodeLanguage language)
    {
        var parts = path.Split('/');
        return !IsSafe(path, parts) ? new(path, "its path leaves the folder of the program", Tampering: true)
            : IsTakeover(path) ? new(path, "it would take over the process of a test", Tampering: true)
            : language.Name == "python" && PythonModules.Names.Contains(Stem(parts[0])) && !IsData(path)
                ? new(path, "it would stand in for a module of that name", Tampering: true)
            : IsSettings(parts[^1]) || Array.Exists(parts, part => part.StartsWith('.') || Folders.Contains(part, StringComparer.OrdinalIgnoreCase))
                ? new(path, "settings of a project are not used", Tampering: false)
            : Same(path, language.CandidateFile) ? new(path, "the name is taken by the program itself", Tampering: false)
            : null;
    }

    private static bool IsSafe(string path, string[] parts) =>
        !path.StartsWith('/') && !path.Contains(':', StringComparison.Ordinal) && parts.Length <= 8
        && Array.TrueForAll(parts, part => part is not ("" or "." or "..") && part.Length <= 100);

    private static bool IsTakeover(string path) =>
        Takeovers.Contains(Name(path), StringComparer.OrdinalIgnoreCase)
        || path.EndsWith(".pth", StringComparison.OrdinalIgnoreCase)
        || Name(path).StartsWith("Directory.Build.", StringComparison.OrdinalIgnoreCase)
        || Name(path).StartsWith("Directory.Packages.", StringComparison.OrdinalIgnoreCase);

    private static bool IsSettings(string name) =>
        Settings.Contains(name, StringComparer.OrdinalIgnoreCase)
        || Array.Exists(SettingsEndings, ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    private static bool IsData(string path) => !path.Contains('/', StringComparison.Ordinal) && !path.EndsWith(".py", StringComparison.OrdinalIgnoreCase);

    private static string Name(string path) => path[(path.LastIndexOf('/') + 1)..];

    private static string Stem(string name) => name.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot ? name[..dot] : name;

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
