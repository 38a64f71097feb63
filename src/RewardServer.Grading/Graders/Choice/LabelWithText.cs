using System.Text.RegularExpressions;

namespace RewardServer.Grading.Graders.Choice;

/// <summary>Reads a label and the text of a choice that stand side by side: "B) Paris", "B (Paris)", "Paris (B)". They may contradict each other.</summary>
internal static class LabelWithText
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.Singleline;

    private static readonly Regex Behind = new(@"^(?<text>.+?)(\s*[(\[]|[,:]\s*|\s[-–—=]\s)(?<label>[\p{L}\p{N}]{1,8})[)\]]?\.?$", Options);

    private static readonly Regex InBrackets = new(@"^[(\[]?(?<label>[\p{L}\p{N}]{1,8})[)\]]?\s*[(\[](?<text>.+)[)\]]\.?$", Options);

    /// <summary>What both name; null where the text is not a label and a choice's text.</summary>
    public static ChoiceReading? Read(string text, ChoiceLabels labels) =>
        (LeadingLabel.Of(text, labels) is var (label, rest) ? Both(label, rest, labels) : null)
        ?? Read(InBrackets.Match(text), labels) ?? Read(Behind.Match(text), labels);

    private static ChoiceReading? Read(Match match, ChoiceLabels labels) =>
        match.Success && labels.Find(match.Groups["label"].Value) is { } label ? Both(label, match.Groups["text"].Value, labels) : null;

    private static ChoiceReading? Both(string label, string text, ChoiceLabels labels) =>
        labels.ByText(text) is { } named ? ChoiceReading.Of([label, named], open: true) : null;
}
