using System.Text.Json;
using RewardServer.Grading.Graders.Code;

namespace RewardServer.Grading.Extraction;

/// <summary>The rules, on one response.</summary>
internal sealed class ProgramSearch
{
    private readonly string text;
    private readonly CodeLanguage language;
    private readonly IReadOnlyList<CodeFence> fences;

    public ProgramSearch(string text, CodeLanguage language) =>
        (this.text, this.language, fences) = (text, language, CodeFenceReader.All(text, language));

    /// <summary>What the first rule that finds a program finds.</summary>
    public ProgramText? Find(ExtractionRules rules)
    {
        foreach (var rule in rules.Rules)
        {
            if (Find(rule) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private ProgramText? Find(ExtractionRule rule) => rule switch
    {
        ExtractionRule.Files => Files(rule),
        ExtractionRule.Fenced => Block(rule, fences.LastOrDefault(fence => fence.Closed && Named(fence))),
        ExtractionRule.FirstFenced => Block(rule, fences.FirstOrDefault(fence => fence.Closed && Named(fence))),
        ExtractionRule.FencedUnnamed => Block(rule, fences.LastOrDefault(fence => fence.Closed && Unnamed(fence))),
        ExtractionRule.UnclosedFence => Block(rule, fences.LastOrDefault(fence => !fence.Closed && (Named(fence) || Unnamed(fence)) && !IsEmpty(fence))),
        ExtractionRule.Joined => Joined(rule),
        ExtractionRule.WholeText => fences.Count > 0 || CodeLines.HaveProse(text, language) ? null : Whole(rule, text.Trim('\r', '\n')),
        ExtractionRule.Heuristic => CodeLines.LongestRun(text, fences, language) is { } run ? Whole(rule, run) : null,
        _ => throw new ArgumentOutOfRangeException(nameof(rule)),
    };

    private ProgramText? Files(ExtractionRule rule)
    {
        var named = fences.Where(fence => !IsEmpty(fence)).Select(fence => (Fence: fence, Path: FileHint.Of(text, fence, language))).ToList();
        if (!named.Exists(block => block.Path is not null))
        {
            return null;
        }

        var files = new ProgramFiles(text, language);
        foreach (var (fence, path) in named)
        {
            files.Add(fence, path, Named(fence), Unnamed(fence));
        }

        return files.Make() is { } made
            ? new([.. made.Files], NameOf(rule)) { PassedOver = PassedOverBut(made.Used), LeftOut = [.. made.LeftOut] }
            : null;
    }

    private ProgramText? Block(ExtractionRule rule, CodeFence? fence) =>
        fence is null ? null : Whole(rule, fence.Content(text)) with { PassedOver = PassedOverBut([fence]) };

    private ProgramText? Joined(ExtractionRule rule)
    {
        var blocks = fences.Where(fence => fence.Closed && Named(fence)).ToList();
        return blocks.Count == 0 ? null
            : Whole(rule, string.Join('\n', blocks.Select(block => block.Content(text)))) with { PassedOver = PassedOverBut(blocks) };
    }

    private ProgramText Whole(ExtractionRule rule, string source) =>
        new([new(language.MainFile, source)], NameOf(rule)) { PassedOver = PassedOverBut([]) };

    private PassedOver PassedOverBut(IReadOnlyCollection<CodeFence> used)
    {
        var taken = new HashSet<CodeFence>(used, ReferenceEqualityComparer.Instance);
        var rest = fences.Where(fence => !taken.Contains(fence)).ToList();
        var closed = rest.Where(fence => fence.Closed).ToList();
        var (own, unnamed) = (closed.Count(Named), closed.Count(Unnamed));
        return new(own, unnamed, closed.Count - own - unnamed, rest.Count - closed.Count);
    }

    private bool Named(CodeFence fence) => language.IsCalled(fence.Language) || FileHint.IsOwn(fence.Language, language);

    private static bool Unnamed(CodeFence fence) => fence.Language.Length == 0;

    private bool IsEmpty(CodeFence fence) => text.AsSpan(Math.Min(fence.Start, fence.End)..fence.End).IsWhiteSpace();

    private static string NameOf(ExtractionRule rule) => JsonNamingPolicy.KebabCaseLower.ConvertName(rule.ToString());
}
