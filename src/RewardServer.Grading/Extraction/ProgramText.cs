using System.Collections.Immutable;
using RewardServer.Grading.Graders.Code;

namespace RewardServer.Grading.Extraction;

/// <summary>A file of a program that was found in a response.</summary>
/// <param name="Path">Below the folder of the program, with '/' between its parts.</param>
/// <param name="Text">What stands in it.</param>
public sealed record ProgramFile(string Path, string Text);

/// <summary>A file that a response gives and that is not put beside its program.</summary>
/// <param name="Path">As the response has it.</param>
/// <param name="Reason">Why not, for people.</param>
/// <param name="Tampering">Whether it looks as if the file was meant to decide how the program is tested.</param>
public sealed record LeftOutFile(string Path, string Reason, bool Tampering);

/// <summary>How many fenced blocks of a response are no part of the program that was found.</summary>
/// <param name="SameLanguage">Complete blocks that name the language.</param>
/// <param name="Unnamed">Complete blocks that name none.</param>
/// <param name="OtherLanguages">Complete blocks that name another.</param>
/// <param name="Unclosed">Blocks of any kind that are never closed.</param>
public sealed record PassedOver(int SameLanguage, int Unnamed, int OtherLanguages, int Unclosed);

/// <summary>A program that was found in a response.</summary>
/// <param name="Files">Its files, each at a path of its own; the first is the one that is run, under the language's name for it.</param>
/// <param name="Rule">Which rule found it, as rubrics write it: "fenced".</param>
public sealed record ProgramText(ImmutableArray<ProgramFile> Files, string Rule)
{
    /// <summary>The text of the file that is run.</summary>
    public string Source => Files[0].Text;

    /// <summary>Blocks that were passed over.</summary>
    public PassedOver PassedOver { get; init; } = new(0, 0, 0, 0);

    /// <summary>Files that were left out, at most <see cref="ProgramFiles.Most"/>.</summary>
    public ImmutableArray<LeftOutFile> LeftOut { get; init; } = [];

    /// <summary>Finds the program in a response. Linear in its length, and never throws for what stands in it.</summary>
    /// <param name="response">The text to look in.</param>
    /// <param name="language">The program's language.</param>
    /// <param name="rules">The rules to use.</param>
    /// <returns>Null where no rule finds one.</returns>
    public static ProgramText? Find(string response, CodeLanguage language, ExtractionRules rules) =>
        string.IsNullOrWhiteSpace(response) ? null : new ProgramSearch(response, language).Find(rules);
}
