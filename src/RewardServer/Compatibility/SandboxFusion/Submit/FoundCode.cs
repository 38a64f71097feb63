using RewardServer.Grading.Extraction;
using RewardServer.Grading.Graders.Code;

namespace RewardServer.Compatibility.SandboxFusion.Submit;

/// <summary>
/// The program in a completion, found as SandboxFusion does it (sandbox/utils/extraction.py): the first block of the language, else the first of
/// all, among those of the highest priority. The thinking is not looked at.
/// </summary>
/// <param name="Code">The program; empty where none was found.</param>
/// <param name="Type">How it was found: "fenced", "incomplete_fenced", "heuristic", "empty"; null by the caller's own logic.</param>
internal sealed record FoundCode(string Code, string? Type)
{
    private const int Fenced = 30, IncompleteFenced = 20, Heuristic = 10;

    private static readonly ExtractionRules Rest = new() { Rules = [ExtractionRule.WholeText, ExtractionRule.Heuristic] };

    /// <summary>No program.</summary>
    public static FoundCode None { get; } = new("", "empty");

    /// <summary>Finds it.</summary>
    /// <param name="completion">The completion.</param>
    /// <param name="language">The program's language, by our name.</param>
    /// <param name="custom">What the caller's own logic found.</param>
    public static FoundCode In(string completion, string language, IReadOnlyList<CustomBlock> custom)
    {
        if (!CodeLanguage.All.TryGetValue(language, out var known))
        {
            return None;
        }

        var blocks = Blocks(Response.Of(completion, opened: false, new()).Text, known)
            .Concat(custom.Select(block => new Candidate(block.Priority, ForeignLanguages.OursFor(block.Language) == language, block.Code, null)))
            .ToList();
        if (blocks.Count == 0)
        {
            return None;
        }

        var highest = blocks.Max(block => block.Priority);
        var best = blocks.Where(block => block.Priority == highest).ToList();
        var chosen = best.FirstOrDefault(block => block.IsOfLanguage) ?? best[0];
        return string.IsNullOrWhiteSpace(chosen.Code) ? None : new(chosen.Code, chosen.Type);
    }

    private static List<Candidate> Blocks(string response, CodeLanguage language)
    {
        var all = CodeBlock.All(response, language).Where(block => !string.IsNullOrWhiteSpace(block.Text))
            .Select(block => new Candidate(
                block.Closed ? Fenced : IncompleteFenced, language.IsCalled(block.Language), block.Text.TrimEnd('\r', '\n'), block.Closed ? "fenced" : "incomplete_fenced"))
            .ToList();
        return all.Count > 0 ? all
            : ProgramText.Find(response, language, Rest) is { } found ? [new(Heuristic, true, found.Source, "heuristic")]
            : [];
    }

    private sealed record Candidate(int Priority, bool IsOfLanguage, string Code, string? Type);
}
