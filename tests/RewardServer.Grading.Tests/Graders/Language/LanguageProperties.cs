using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using RewardServer.Grading.Extraction;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Graders.Language;

namespace RewardServer.Grading.Tests.Graders.Language;

public sealed class LanguageProperties
{
    // What text is made of, and what could mislead who counts it.
    private static readonly Gen<string> Texts = Gen.Elements(
        "hello ", "word", " ", "\n", "\n\n", "一", "加", "这", "這", "の", "カ", "한", "字", "при", "вет ", "і", "السلام ", "नमस्ते ", "ไทย", "α", "5", "x", ". ", "。", ", ", "，",
        "$", "$$", "\\(", "\\)", "\\[", "\\]", "\\begin{align}", "\\end{align}", "\\text{so}", "`", "```", "\n```\n", "\n~~~\n", "<", ">", "<b>", "https://a.b/c ", "www.", "://", "\u200B",
        "\u0301", "\ud840", "\udc00", "\ud840\udc00", "😀", "'", "’", "=", "+", "A1b2C3d4E5", "\\", "{", "}", "\0").ListOf().Select(string.Concat);

    private static readonly Gen<string> Targets = Gen.Elements("zh", "zh-Hans", "zh-Hant", "en", "ja", "ko", "ru", "ar", "hi", "th");

    private static readonly Gen<(string Text, string Target)> Cases = from text in Texts from target in Targets select (text, target);

    // A fixed seed: the same commit passes or fails the same way everywhere.
    private static void Holds<T>(Gen<T> values, Func<T, bool> property, int runs = 2000) =>
        Prop.ForAll(values.ToArbitrary(), property).Check(Config.QuickThrowOnFailure.WithMaxTest(runs).WithReplay(2026, 1127));

    private static Verdict Grade(string text, string target, params string[] languages) =>
        new LanguageGrader(new ThinkTags(), new LanguageOptions { Target = target, Part = CompletionPart.Whole, Languages = [.. languages] }.Checked())
            .GradeAsync(Items.Math(text, "5"), Verdicts.None, TestContext.Current.CancellationToken).AsTask().Result;

    [Fact]
    public void Whatever_is_written_is_scored_from_0_to_1() => Holds(
        Cases, at => Grade(at.Text, at.Target) is { Outcome: Grading.Graders.Outcome.Scored, Score: >= 0 and <= 1 });

    [Fact]
    public void The_same_text_gives_the_same_bytes() => Holds(
        Cases, at => JsonSerializer.Serialize(Grade(at.Text, at.Target)) == JsonSerializer.Serialize(Grade(at.Text, at.Target)));

    [Fact]
    public void What_is_counted_adds_up_and_spans_lie_within_the_text() => Holds(
        Cases,
        at =>
        {
            var details = (LanguageDetails)Grade(at.Text, at.Target).Details!;
            return details.Languages.Sum(language => language.Words) == details.Words
                && details.TargetWords <= details.Words
                && (details.SpanCount == 0) == (details.TargetWords == details.Words)
                && details.Spans.All(span => span.Start >= 0 && span.Length > 0 && span.Start + span.Length <= at.Text.Length && span.Words > 0);
        });

    [Fact]
    public void A_foreign_sentence_more_never_raises_the_score() => Holds(
        from text in Gen.Elements("我们先求和。", "然后 we add. ", "所以 $x$ 是五。", "```\nfoo()\n```\n").NonEmptyListOf().Select(string.Concat) select text,
        text => Grade(text + "\nThis is not it.", "zh").Score <= Grade(text, "zh").Score);

    [Fact]
    public void A_sentence_of_the_target_more_never_lowers_it() => Holds(
        from text in Gen.Elements("我们先求和。", "然后 we add. ", "So it is. ", "```\nfoo()\n```\n").NonEmptyListOf().Select(string.Concat) select text,
        text => Grade(text + "\n我们得到这个结果。", "zh").Score >= Grade(text, "zh").Score);

    [Fact]
    public void What_is_not_counted_changes_nothing() => Holds(
        from text in Gen.Elements("我们先求和。", "然后 we add. ", "So it is. ").NonEmptyListOf()
        from none in Gen.Elements(" $a+b$ ", " \\(word\\) ", " `call(word)` ", " 12.5 ", " https://example.com/words ", "\n```\nfoo(bar)\n```\n")
        from place in Gen.Choose(0, 5)
        select (List: text.ToList(), none, Place: Math.Min(place, text.Count)),
        at => Grade(string.Concat(at.List), "zh").Score
            == Grade(string.Concat(at.List.Take(at.Place)) + at.none + string.Concat(at.List.Skip(at.Place)), "zh").Score);

    [Fact]
    public void Whatever_is_written_is_scored_where_Latin_languages_are_told_apart() => Holds(
        Texts, text => Grade(text, "de", "en", "de", "fr") is { Outcome: Grading.Graders.Outcome.Scored, Score: >= 0 and <= 1 }, runs: 200);
}
