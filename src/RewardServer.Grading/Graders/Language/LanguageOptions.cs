using System.Collections.Immutable;
using System.Text.Json;
using RewardServer.Grading.Graders.Language.Telling;
using RewardServer.Grading.Extraction;

namespace RewardServer.Grading.Graders.Language;

/// <summary>Options of the grader "language".</summary>
public sealed record LanguageOptions
{
    /// <summary>The language that is asked for, as a BCP 47 tag ("en", "zh", "zh-Hans"); null for the prompt's.</summary>
    public string? Target { get; init; }

    /// <summary>
    /// The languages that a prompt may be in. Those in Latin letters among them are told apart; without any, every Latin word
    /// counts as English. Empty for Chinese, English, Japanese, Korean, Russian, Arabic, Hindi and Thai.
    /// </summary>
    public ImmutableArray<string> Languages { get; init; } = [];

    /// <summary>Which part of the completion is looked at.</summary>
    public CompletionPart Part { get; init; } = CompletionPart.Thinking;

    /// <summary>The share from which the score is 1 and below which it is 0; above 0, at most 1. Null for the share itself.</summary>
    public double? AtLeast { get; init; }

    /// <summary>Checks the languages and the range.</summary>
    /// <exception cref="JsonException">A language is not known, or a value is out of its range.</exception>
    public LanguageOptions Checked()
    {
        var unknown = Languages.IsDefaultOrEmpty ? -1 : Languages.ToList().FindIndex(tag => LanguageTags.Find(tag) is null);
        var (member, error) =
            Target is not null && LanguageTags.Find(Target) is null ? ("target", Unknown(Target))
            : unknown >= 0 ? ($"languages[{unknown}]", Unknown(Languages[unknown]))
            : AtLeast is { } least && !(least > 0 && least <= 1) ? ("atLeast", "must be above 0 and at most 1")
            : (null, null);
        return member is null ? this : throw new JsonException(error, $"$.{member}", null, null);
    }

    private static string Unknown(string? tag) => $"'{tag}' is not a known language; there are: {string.Join(", ", LanguageTags.Known)}";
}
