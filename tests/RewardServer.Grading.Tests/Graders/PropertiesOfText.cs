using FsCheck;
using FsCheck.Fluent;
using RewardServer.Grading.Rubrics;

namespace RewardServer.Grading.Tests.Graders;

/// <summary>Texts made of few pieces, and what must hold for all of them.</summary>
internal static class PropertiesOfText
{
    /// <summary>Texts of tags, phrases, words and signs of many scripts, so that what graders look for meets in every way.</summary>
    public static Gen<string> Texts { get; } = Gen.Elements(
        "<think>", "</think>", "<answer>", "</answer>", "\n", "\n", "\r\n", " ", " ", " ", "\t", "wait", "Wait, ", "let me check", "Let's double-check", "check:", "hmm",
        "等等", "，", "让我再检查", "验证", "。", "確認し", "확인해", "Überprüfen wir", "vérifions", "a", "b", "x = 1", "3.14", "the", "word", ".", "!", "?", "- ", "* ", "1. ",
        "Step 1:", "First,", "首先", "步骤2：", "```python\n", "```\n", "```", "\0", "\ud83d\ude00", "\ud83d", "\ude00", "\ud840\udc00", "İ", "ß", "\u0301", "ก", "के", "한국어",
        "\u200b", "\u00a0", "-", "'", "’", "=", "-----------------------").ArrayOf().Select(string.Concat);

    /// <summary>Checks a property with a fixed seed: the same commit passes or fails the same way everywhere.</summary>
    public static void Holds<T>(Gen<T> values, Func<T, bool> property, int tests = 500) =>
        Prop.ForAll(values.ToArbitrary(), property).Check(Config.QuickThrowOnFailure.WithMaxTest(tests).WithEndSize(60).WithReplay(2026, 1129));

    /// <summary>Checks that whatever is written is scored, within the range, and the same each time.</summary>
    public static void IsAlwaysScored(SharedSandbox sandbox, string component)
    {
        var rubric = GradingByRubric.Compile(sandbox, $$"""{"components":[{{component}}]}""");
        var range = rubric.Components[0].Grader.Range;
        Holds(Texts, text =>
        {
            var (first, second) = (Grade(rubric, text), Grade(rubric, text));
            return first.Score >= range.Low && first.Score <= range.High && first.Reason.Length is > 0 and < 300
                && (first.Score, first.Reason, $"{first.Details}") == (second.Score, second.Reason, $"{second.Details}");
        });
    }

    /// <summary>Grades half a megabyte of each of many things: what takes the square of the length would take hours.</summary>
    public static void IsReadAtOnce(SharedSandbox sandbox, string component)
    {
        var rubric = GradingByRubric.Compile(sandbox, $$"""{"components":[{{component}}]}""");
        foreach (var part in Repeated)
        {
            var text = string.Concat(Enumerable.Repeat(part, (1 << 19) / part.Length));
            Assert.NotNull(Grade(rubric, text).Score);
            Assert.NotNull(Grade(rubric, "<think>" + text).Score);
        }
    }

    private static readonly string[] Repeated =
    [
        "a", " ", "\n", "a ", "等", "等等", "wait ", "let me check ", "let me verify. ", "let me let me ", "check: ", ".", ". ", "1.", "1. ", "1\n", "- ", "*", "\n-", "Step ", "First,", "步",
        "<think>", "</think>", "<answer>", "```\n", "```python\n", "\0", "\ud83d", "İ", "\u0301", "'", "x", "x.x ",
    ];

    /// <summary>What the first component of a rubric finds of a text.</summary>
    public static GradedComponent Grade(Rubric rubric, string text)
    {
        var found = rubric.GradeAsync(Items.Math(text, "5"), (_, exception) => throw new InvalidOperationException("a bug of ours", exception), CancellationToken.None);
        return rubric.Combine([found.GetAwaiter().GetResult()], (_, exception) => throw new InvalidOperationException("a bug of ours", exception))[0].Components[0];
    }
}
