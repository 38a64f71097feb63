using System.Collections.Immutable;

namespace RewardServer.Grading.Graders.Language;

/// <summary>What a person needs to see why a share is what it is.</summary>
/// <param name="Target">The language that was asked for, by its BCP 47 tag.</param>
/// <param name="Words">How many words were counted.</param>
/// <param name="TargetWords">How many of them are of the target.</param>
/// <param name="Languages">How many words there are of each language, the most first.</param>
/// <param name="Spans">The first stretches of text that are not of the target.</param>
/// <param name="SpanCount">How many such stretches there are in all.</param>
public sealed record LanguageDetails(
    string Target,
    int Words,
    int TargetWords,
    ImmutableArray<LanguageWords> Languages,
    ImmutableArray<LanguageSpan> Spans,
    int SpanCount);

/// <summary>How many words there are of a language.</summary>
/// <param name="Language">Its BCP 47 tag; "und" for one that is no target, "zxx" for letters that make no word of any.</param>
/// <param name="Words">The number.</param>
public sealed record LanguageWords(string Language, int Words);

/// <summary>A stretch of text that is not of the target language.</summary>
/// <param name="Start">Where it begins in the part that is looked at, in UTF-16 code units.</param>
/// <param name="Length">How long it is, in UTF-16 code units; what is not counted may stand within it.</param>
/// <param name="Language">The BCP 47 tag of its language.</param>
/// <param name="Words">How many words it has.</param>
/// <param name="Text">How it begins.</param>
public sealed record LanguageSpan(int Start, int Length, string Language, int Words, string Text);
