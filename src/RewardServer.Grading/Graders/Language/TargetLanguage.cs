using System.Collections.Immutable;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders.Language.Telling;

namespace RewardServer.Grading.Graders.Language;

/// <summary>The language that a thinking should be in: the rubric's, or else that of most words of what the user asks.</summary>
internal sealed class TargetLanguage
{
    private static readonly ImmutableArray<WrittenLanguage> ByScript =
    [
        WrittenLanguage.Chinese, WrittenLanguage.English, WrittenLanguage.Japanese, WrittenLanguage.Korean, WrittenLanguage.Russian,
        WrittenLanguage.Arabic, WrittenLanguage.Hindi, WrittenLanguage.Thai,
    ];

    private readonly WrittenLanguage? target;
    private readonly ImmutableArray<WrittenLanguage> possible;

    /// <param name="options">The options, whose languages are known.</param>
    public TargetLanguage(LanguageOptions options)
    {
        target = LanguageTags.Find(options.Target);
        ImmutableArray<WrittenLanguage> configured = options.Languages.IsDefaultOrEmpty ? [] : [.. options.Languages.Select(tag => LanguageTags.Find(tag)!.Value).Distinct()];
        possible = configured.IsEmpty ? ByScript : configured;
        Latin = DetectorOf(target is { } asked ? configured.Add(asked) : configured);
    }

    /// <summary>What tells Latin-script languages apart; null where every Latin word counts as English.</summary>
    public LatinDetector? Latin { get; }

    /// <summary>The language; null where the prompt does not tell.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public WrittenLanguage? Of(ChatText prompt, CancellationToken cancellation)
    {
        if (target is not null)
        {
            return target;
        }

        var question = LanguageCount.Of(PromptQuestion.Of(prompt), Latin, cancellation);
        var (best, most) = (WrittenLanguage.Untold, 0);
        foreach (var language in possible)
        {
            (best, most) = question.Of(language) is var words && words > most ? (language, words) : (best, most);
        }

        // Most words could be of a language that is not asked for.
        return most * 2 > question.Words ? best : null;
    }

    // English is the language that others are mixed with: it must not pass for one of them.
    private static LatinDetector? DetectorOf(ImmutableArray<WrittenLanguage> languages)
    {
        var latin = languages.Where(language => LanguageTags.Lingua(language) is not null).Append(WrittenLanguage.English).Distinct().Order().ToImmutableArray();
        return latin.Length > 1 ? new(latin) : null;
    }
}
