using System.Text;

namespace RewardServer.Grading.Completions;

/// <summary>Paths of files that stand beside a program, or that it leaves.</summary>
internal static class FilePath
{
    private const int MaxBytes = 1024, MaxPartBytes = 255, ShownCharacters = 80;

    // What runs a program or a check has files of these names, whatever follows the first point; the last three are read by
    // an interpreter or a test framework that nobody told to.
    private static readonly HashSet<string> Reserved = new(
        ["main", "candidate", "check", "checker", "solution", "__pycache__", "conftest", "sitecustomize", "usercustomize"], StringComparer.OrdinalIgnoreCase);

    /// <summary>What is wrong with a path; null for nothing.</summary>
    /// <param name="path">The path.</param>
    /// <param name="isGiven">Whether a file stands there before the program runs.</param>
    public static string? Fault(string path, bool isGiven)
    {
        var parts = path.Split('/');
        var top = parts[0].Split('.')[0];
        return path.Contains('\0', StringComparison.Ordinal) || Encoding.UTF8.GetByteCount(path) > MaxBytes
            || parts.Any(part => part is "" or "." or ".." || Encoding.UTF8.GetByteCount(part) > MaxPartBytes)
            ? "must be relative, without '.', '..' or empty parts"
            : isGiven && (Reserved.Contains(top) || path.EndsWith(".pth", StringComparison.OrdinalIgnoreCase)) ? $"'{parts[0]}' is a name that the program or what runs it needs"
            : null;
    }

    /// <summary>Whether two files cannot stand beside each other: they are one, or one is where the other's folder is.</summary>
    public static bool Collide(string one, string other) => one == other
        || one.StartsWith(other + "/", StringComparison.Ordinal) || other.StartsWith(one + "/", StringComparison.Ordinal);

    /// <summary>A path in a sentence.</summary>
    public static string Shown(string path) => $"'{(path.Length <= ShownCharacters ? path : $"{path[..(char.IsHighSurrogate(path[ShownCharacters - 1]) ? ShownCharacters - 1 : ShownCharacters)]}…")}'";
}
