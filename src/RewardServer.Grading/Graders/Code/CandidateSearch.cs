using System.Text;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Extraction;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Grading.Graders.Code;

/// <summary>Looks for the candidate's program in a completion.</summary>
/// <param name="tags">The tags of the rubric, which tell the thinking from the response.</param>
/// <param name="rules">How a program is found in a text.</param>
internal sealed class CandidateSearch(ThinkTags tags, ExtractionRules rules)
{
    // Far above what anyone writes, and below what a scratch folder holds: length must never break a run.
    private const int LongestSource = 1_000_000;

    /// <summary>Finds the program of an item.</summary>
    /// <returns>The program as it was found and as it is run; or the verdict where there is none.</returns>
    public (ProgramText? Found, CandidateProgram? Program, Verdict? None) Find(Item item, CodeTask task)
    {
        var language = CodeLanguage.All[task.Language];
        var response = Response.Of(item, tags);
        if (Find(response.Text, language) is not { } found)
        {
            return (null, null, NoProgram(response, language));
        }

        if (found.Files.Sum(file => (long)file.Text.Length) > LongestSource)
        {
            return (null, null, Verdict.Scored(0, $"the program is longer than {LongestSource} characters"));
        }

        var files = found.Files.Select(file => new SandboxFile(file.Path, Encoding.UTF8.GetBytes(file.Text)));
        return (found, new(language, [.. files], (task.Limits ?? new()).Resolve()), null);
    }

    // Answer tags are no program: outside of them only a fence makes one.
    private ProgramText? Find(string text, CodeLanguage language) =>
        AnswerTag.Last(text, tags) is not { } answer ? ProgramText.Find(text, language, rules)
            : ProgramText.Find(answer, language, rules)
            ?? (ProgramText.Find(text, language, rules) is { Rule: not ("whole-text" or "heuristic") } outside ? outside : null);

    private Verdict NoProgram(Response response, CodeLanguage language) =>
        Find(response.Thinking, language) is { Rule: not ("whole-text" or "heuristic" or "unclosed-fence") }
            ? Verdict.Scored(0, "the program stands only in the thinking") with { Signals = [Signal.AnswerOnlyInThinking] }
            : Verdict.Scored(0, "no program was found");
}
