using RewardServer.Grading.Extraction;
using RewardServer.Grading.Graders.Code.Checkers;

namespace RewardServer.Grading.Graders.Json;

/// <summary>
/// Looks for an answer that is JSON: in the places where answers are marked, and where the rubric names no others, in the last fence, or as
/// the last complete object or array of the response. In a place, prose and a fence may stand around it.
/// </summary>
/// <param name="tags">The tags of the rubric.</param>
/// <param name="places">Where the answer is looked for.</param>
internal sealed class JsonSearch(ThinkTags tags, AnswerPlaces places)
{
    private static readonly string[] Languages = ["json", "", "jsonc", "json5", "javascript", "js"];

    private readonly bool isDefault = places == AnswerPlaces.Marked;

    /// <summary>The answer, which need not be JSON; null where there is none.</summary>
    /// <param name="response">What follows the thinking.</param>
    /// <param name="opens">With what the value must begin: '{', '[', or '\0' for either.</param>
    public FinalAnswer? Find(string response, char opens)
    {
        // What a reader does not see, such as a comment, may be a part of a text in JSON: only the end of the turn is cut off.
        var text = VisibleText.BeforeEndOfTurn(response);
        foreach (var place in places.Order)
        {
            if (In(place, text) is { } answer)
            {
                return Inside(answer, opens);
            }
        }

        return isDefault && !AnswerTag.IsCutOff(text, tags) ? Loose(text, opens) : null;
    }

    private FinalAnswer? In(AnswerPlace place, string text) => place != AnswerPlace.AnswerTag ? FinalAnswer.Find(text, tags, new([place]), whole: true)
        : AnswerTag.Last(text, tags) is { } tagged ? new(tagged.Trim(), "answer-tag", 1) : null;

    private static FinalAnswer Inside(FinalAnswer answer, char opens) =>
        IsJson(answer.Text) ? answer
        : answer.Source == "boxed" && OfBox(answer.Text) is { } text ? answer with { Text = text }
        : Loose(answer.Text, opens) is { } found ? found with { Source = answer.Source } : answer;

    private static FinalAnswer? Loose(string text, char opens)
    {
        var fences = Shown(text).Where(fence => fence.Closed && Languages.Contains(fence.Language.ToLowerInvariant()) && JsonValues.Begins(fence.Content.AsSpan().TrimStart(), '\0')).ToList();
        return fences.Count > 0
            ? new(fences[^1].Content.Trim(), "fence", fences.Select(fence => fence.Content.Trim()).Distinct(StringComparer.Ordinal).Count())
            : JsonValues.Last(VisibleText.Of(text), opens) is { } value ? new(value, "last-value", 1) : null;
    }

    // Those that no comment of HTML's hides. One that opens within a fence is a part of its text.
    private static IEnumerable<Fence> Shown(string text)
    {
        var at = 0;
        foreach (var fence in Fence.All(text))
        {
            while (at >= 0 && at < fence.Start && text.AsSpan(at, fence.Start - at).IndexOf("<!--", StringComparison.Ordinal) is >= 0 and var open)
            {
                at = text.IndexOf("-->", at + open, StringComparison.Ordinal);
            }

            if (at < 0)
            {
                yield break;
            }

            if (at <= fence.Start)
            {
                at = fence.Start + fence.Content.Length;
                yield return fence;
            }
        }
    }

    private static bool IsJson(string text) => JsonTree.Read(text, out _) is not null;

    // Braces in a box of LaTeX's are written with a backslash, or are those of the box itself.
    private static string? OfBox(string text) =>
        Unescaped(text) is var plain && IsJson(plain) ? plain : text.AsSpan().TrimStart() is ['"', ..] && $"{{{text}}}" is var braced && IsJson(braced) ? braced : null;

    private static string Unescaped(string text) => Presentation.Unwrap(text).Replace(@"\{", "{", StringComparison.Ordinal).Replace(@"\}", "}", StringComparison.Ordinal)
        .Replace(@"\_", "_", StringComparison.Ordinal).Replace(@"\%", "%", StringComparison.Ordinal).Replace(@"\$", "$", StringComparison.Ordinal).Replace(@"\#", "#", StringComparison.Ordinal);
}
