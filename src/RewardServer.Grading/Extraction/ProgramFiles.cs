using RewardServer.Grading.Graders.Code;

namespace RewardServer.Grading.Extraction;

/// <summary>Makes a program of several files out of the blocks that a response names.</summary>
internal sealed class ProgramFiles(string text, CodeLanguage language)
{
    /// <summary>Files that a program may have.</summary>
    public const int Most = 64;

    private readonly Dictionary<string, CodeFence> named = new(StringComparer.Ordinal);
    private readonly List<string> order = [];
    private readonly List<LeftOutFile> leftOut = [];
    private CodeFence? main, unnamedMain;

    /// <summary>Takes a block; of two with one path the later one counts.</summary>
    public void Add(CodeFence fence, string? path, bool own, bool unnamed)
    {
        if (path is null)
        {
            main = own && fence.Closed ? fence : main;
            unnamedMain = unnamed && fence.Closed ? fence : unnamedMain;
        }
        else if (ReservedFiles.Check(path, language) is { } refused)
        {
            LeaveOut(refused);
        }
        else if (named.ContainsKey(path) || named.Count < Most)
        {
            order.Remove(path);
            order.Add(path);
            named[path] = fence;
        }
        else
        {
            LeaveOut(new(path, $"a program has at most {Most} files", Tampering: false));
        }
    }

    /// <summary>The program; null where it has one file alone, and left out none.</summary>
    public (List<ProgramFile> Files, List<CodeFence> Used, List<LeftOutFile> LeftOut)? Make()
    {
        var mainPath = MainPath();
        var first = mainPath is null ? main ?? unnamedMain : named[mainPath];
        var others = order.Where(path => path != mainPath).ToList();
        if (first is null || (others.Count == 0 && leftOut.Count == 0))
        {
            return null;
        }

        var files = new List<ProgramFile> { new(language.MainFile, first.Content(text)) };
        var used = new List<CodeFence> { first };
        var folder = mainPath is null ? "" : mainPath[..(mainPath.LastIndexOf('/') + 1)];
        var taken = new HashSet<string>([language.MainFile, language.CandidateFile], StringComparer.Ordinal);
        foreach (var path in others)
        {
            // What imports of the main file's look for stands beside it, wherever the response has both.
            var place = path.StartsWith(folder, StringComparison.Ordinal) ? path[folder.Length..] : path;
            if (IsFree(place, taken))
            {
                files.Add(new(place, named[path].Content(text)));
                used.Add(named[path]);
            }
            else
            {
                LeaveOut(new(path, "the name is taken by another file", Tampering: false));
            }
        }

        return (files, used, leftOut);
    }

    // The file with the name of the main one; else a block without a name, which no file is; else a usual name; else the
    // last file that no other one speaks of.
    private string? MainPath()
    {
        var own = order.Where(path => FileHint.IsOwn(path, language) && !IsHeader(path)).ToList();
        if (own.LastOrDefault(path => Is(path, language.MainFile)) is { } exact)
        {
            return exact;
        }

        if (main is not null)
        {
            return null;
        }

        var candidates = own.Where(path => !IsTest(path)).ToList();
        candidates = candidates.Count > 0 ? candidates : own;
        return candidates.LastOrDefault(path => language.MainNames.Any(name => Is(path, name)))
            ?? candidates.LastOrDefault(path => !own.Exists(other => other != path && Mentions(other, Stem(path))))
            ?? candidates.LastOrDefault();
    }

    private bool Mentions(string path, string stem) =>
        text.AsSpan(named[path].Start..Math.Max(named[path].Start, named[path].End)).Contains(stem, StringComparison.Ordinal);

    // A file's path cannot be another's folder.
    private static bool IsFree(string path, HashSet<string> taken)
    {
        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = path.IndexOf('/', slash + 1))
        {
            if (taken.Contains(path[..slash]))
            {
                return false;
            }
        }

        return !taken.Any(other => other.StartsWith(path + "/", StringComparison.Ordinal)) && taken.Add(path);
    }

    private void LeaveOut(LeftOutFile file)
    {
        if (leftOut.Count < Most && !leftOut.Exists(other => other.Path == file.Path))
        {
            leftOut.Add(file);
        }
    }

    private static bool Is(string path, string name) => Name(path) == name;

    private static bool IsHeader(string path) => Path.GetExtension(path).StartsWith(".h", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".pyi", StringComparison.OrdinalIgnoreCase);

    private static bool IsTest(string path) =>
        Stem(path) is var stem && (stem.StartsWith("test", StringComparison.OrdinalIgnoreCase) || stem.EndsWith("test", StringComparison.OrdinalIgnoreCase) || stem.EndsWith("tests", StringComparison.OrdinalIgnoreCase) || stem == "__init__");

    private static string Name(string path) => path[(path.LastIndexOf('/') + 1)..];

    private static string Stem(string path) => Path.GetFileNameWithoutExtension(Name(path));
}
