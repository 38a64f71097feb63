using System.Collections.Immutable;

namespace RewardServer.Training.Recipes;

/// <summary>The files of completions to learn from in this assembly.</summary>
internal static class BuiltInExamples
{
    private const string Prefix = "builtin:";
    private const string Folder = "examples/";
    private const string Ending = ".jsonl";

    /// <summary>Their names, in order.</summary>
    public static ImmutableArray<string> Names { get; } =
    [
        .. typeof(BuiltInExamples).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Select(name => name[Folder.Length..^Ending.Length])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The name of the one that a path of a recipe stands for; null where it is a path.</summary>
    public static string? Named(string path) => path.StartsWith(Prefix, StringComparison.Ordinal) ? path[Prefix.Length..] : null;

    /// <summary>The lines of one that there is.</summary>
    public static IEnumerable<string> Lines(string name)
    {
        using var reader = new StreamReader(typeof(BuiltInExamples).Assembly.GetManifestResourceStream(Folder + name + Ending)!);
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }
}
