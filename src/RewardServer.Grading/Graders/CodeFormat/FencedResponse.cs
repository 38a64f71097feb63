using RewardServer.Grading.Extraction;
using RewardServer.Grading.Graders.Code;

namespace RewardServer.Grading.Graders.CodeFormat;

/// <summary>A response that should give a program in a fenced block.</summary>
internal sealed class FencedResponse
{
    private readonly string text;
    private readonly CodeLanguage language;
    private readonly IReadOnlyList<CodeFence> fences;

    public FencedResponse(string response, CodeLanguage language, ThinkTags tags)
    {
        (text, this.language) = (WithoutTags(response, tags), language);
        fences = CodeFenceReader.All(text, language);
    }

    /// <summary>What is wrong; null where nothing is.</summary>
    /// <param name="only">Whether nothing else may stand beside one block.</param>
    public string? Fault(bool only)
    {
        if (fences.Count == 0)
        {
            return "the response has no fenced block";
        }

        var named = fences.Where(IsNamed).ToList();
        return named.Count == 0 ? $"no fenced block names {language.Name}"
            : !named.Exists(block => block.Closed) ? $"the block in {language.Name} is never closed"
            : named.Find(block => block.Closed && !text.AsSpan(Math.Min(block.Start, block.End)..block.End).IsWhiteSpace()) is not { } block ? $"the block in {language.Name} is empty"
            : !only ? null
            : fences.Count > 1 ? $"there are {fences.Count} fenced blocks"
            : !text.AsSpan(0, block.Opening.Start).IsWhiteSpace() ? "there is text before the block"
            : !text.AsSpan(block.End).Trim().Trim(block.Opening.Mark).IsEmpty ? "there is text after the block"
            : null;
    }

    private bool IsNamed(CodeFence fence) => language.IsCalled(fence.Language) || FileHint.IsOwn(fence.Language, language);

    // A fence begins a line wherever the tags stand.
    private static string WithoutTags(string response, ThinkTags tags)
    {
        var open = response.IndexOf(tags.AnswerOpen, StringComparison.Ordinal);
        var close = response.LastIndexOf(tags.AnswerClose, StringComparison.Ordinal);
        return open < 0 || close < open ? response
            : $"{response.AsSpan(0, open)}\n{response.AsSpan(open + tags.AnswerOpen.Length, close - open - tags.AnswerOpen.Length)}\n{response.AsSpan(close + tags.AnswerClose.Length)}";
    }
}
