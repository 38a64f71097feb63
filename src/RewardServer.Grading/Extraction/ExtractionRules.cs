using System.Collections.Immutable;

namespace RewardServer.Grading.Extraction;

/// <summary>One way to find a program in a response.</summary>
public enum ExtractionRule
{
    /// <summary>Several files: blocks with a file's name in the line of their fence, right before it, or in a comment on their first line.</summary>
    Files,

    /// <summary>The last complete fenced block that names the language.</summary>
    Fenced,

    /// <summary>The last complete fenced block that names no language.</summary>
    FencedUnnamed,

    /// <summary>The last block, of the language or of none, that is never closed.</summary>
    UnclosedFence,

    /// <summary>The whole response, where it has no fence and no line of prose.</summary>
    WholeText,

    /// <summary>Outside of all fences, the longest run of lines without prose.</summary>
    Heuristic,

    /// <summary>The first complete fenced block that names the language.</summary>
    FirstFenced,

    /// <summary>All complete fenced blocks that name the language, in order, as one file.</summary>
    Joined,
}

/// <summary>How a program is found in a response. Part of a rubric.</summary>
public sealed record ExtractionRules
{
    /// <summary>What is used where nobody says otherwise.</summary>
    public static ExtractionRules Default { get; } = new();

    /// <summary>The rules in order: the first that finds a program decides.</summary>
    public ImmutableArray<ExtractionRule> Rules { get; init; } =
    [
        ExtractionRule.Files, ExtractionRule.Fenced, ExtractionRule.FencedUnnamed, ExtractionRule.UnclosedFence,
        ExtractionRule.WholeText, ExtractionRule.Heuristic,
    ];

    /// <summary>What is wrong with the rules; empty where nothing is.</summary>
    public IEnumerable<(string Member, string Error)> Errors()
    {
        if (Rules.IsDefaultOrEmpty)
        {
            yield return ("rules", "must name at least one rule");
        }
        else if (Rules.Distinct().Count() != Rules.Length)
        {
            yield return ("rules", "names a rule twice");
        }
    }
}
