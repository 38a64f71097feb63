using System.Collections.Frozen;
using System.Collections.Immutable;

namespace RewardServer.Grading.Graders.Code;

/// <summary>What grading must know of a language, apart from how the sandbox runs it.</summary>
/// <param name="Name">Its name in tasks and in the sandbox.</param>
/// <param name="FenceNames">What a fenced block may call it, in lower case and without a version: "c++" is also "C++17".</param>
/// <param name="MainFile">The name of the file that is run.</param>
/// <param name="CandidateFile">The name under which drivers find the candidate.</param>
public sealed record CodeLanguage(
    string Name, ImmutableArray<string> FenceNames, string MainFile, string CandidateFile)
{
    /// <summary>The languages in which programs are graded, by name.</summary>
    public static FrozenDictionary<string, CodeLanguage> All { get; } = CodeLanguages.Table.ToFrozenDictionary(language => language.Name);

    /// <summary>How names of its files end: only such a name before or in a fence makes the block a file of the program.</summary>
    public required ImmutableArray<string> FileEndings { get; init; }

    /// <summary>Names that its programs' main files commonly have, the one that is run apart.</summary>
    public ImmutableArray<string> MainNames { get; init; } = [];

    /// <summary>How its text is made of comments and literals.</summary>
    public required LexicalSyntax Syntax { get; init; }

    /// <summary>Words that begin lines of its programs.</summary>
    public required ImmutableArray<string> LineStarts { get; init; }

    /// <summary>Whether a fenced block calls this language by its name.</summary>
    /// <param name="name">The first word after the fence.</param>
    public bool IsCalled(string name) =>
        FenceNames.Contains(name, StringComparer.OrdinalIgnoreCase)
        || FenceNames.Contains(name.TrimEnd(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '.']), StringComparer.OrdinalIgnoreCase);
}
