using RewardServer.Grading.Graders.Code;

namespace RewardServer.Grading.Extraction;

/// <summary>A fenced block of a response, for callers that choose among them by rules of their own.</summary>
/// <param name="Language">The first word after the fence; empty where there is none.</param>
/// <param name="Text">What stands in it.</param>
/// <param name="Closed">Whether a fence closes it.</param>
public sealed record CodeBlock(string Language, string Text, bool Closed)
{
    /// <summary>The blocks of a response, in the order of their ends. Linear in its length, and never throws for what stands in it.</summary>
    /// <param name="response">The text to look in.</param>
    /// <param name="language">The language of the program that is looked for: a fence inside of its literals closes nothing.</param>
    public static IReadOnlyList<CodeBlock> All(string response, CodeLanguage language) =>
        [.. CodeFenceReader.All(response, language).Select(fence => new CodeBlock(fence.Language, fence.Content(response), fence.Closed))];
}
