using System.Collections.Immutable;

namespace RewardServer.Grading.Completions.Puzzles;

/// <summary>What is asked of the names in a puzzle: that an answer can tell them apart.</summary>
internal static class PuzzleNames
{
    private const int Longest = 60;

    public static IEnumerable<(string Member, string Error)> Errors(string member, ImmutableArray<string> names, int least, int most) =>
        Errors(member, names, least, most, new(StringComparer.OrdinalIgnoreCase));

    /// <summary>What is wrong with names, none of which may be among those that are taken.</summary>
    public static IEnumerable<(string Member, string Error)> Errors(string member, ImmutableArray<string> names, int least, int most, HashSet<string> taken)
    {
        var count = names.IsDefault ? 0 : names.Length;
        if (count < least || count > most)
        {
            yield return (member, $"must hold from {least} to {most} names, but there are {count}");
            yield break;
        }

        for (var i = 0; i < count; i++)
        {
            if (names[i] is not { } name || name.Length > Longest || !name.Any(char.IsLetterOrDigit))
            {
                yield return ($"{member}[{i}]", $"must be a name of at most {Longest} characters with a letter or digit");
            }
            else if (!taken.Add(Key(name)))
            {
                yield return ($"{member}[{i}]", $"'{name}' is the name of something else, too");
            }
        }
    }

    // As answers are read: without regard to case and to what is no letter or digit.
    private static string Key(string name) => string.Join(' ', string.Concat(name.Where(c => c != '_').Select(c => char.IsLetterOrDigit(c) ? c : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
