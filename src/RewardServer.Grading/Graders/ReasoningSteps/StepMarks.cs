using System.Buffers;
using RewardServer.Grading.Extraction.Words;

namespace RewardServer.Grading.Graders.ReasoningSteps;

/// <summary>Counts what sets steps apart in a text. Linear in its length.</summary>
internal static class StepMarks
{
    private const int MostDigits = 3;

    // Capitals, for "first" opens no step within a sentence.
    private static readonly SearchValues<string> English = SearchValues.Create(
        ["Step ", "First,", "First:", "Firstly,", "Second,", "Second:", "Secondly,", "Third,", "Third:", "Thirdly,", "Next,", "Then,", "Finally,", "Lastly,"],
        StringComparison.Ordinal);

    private static readonly string[] Chinese =
    [
        "首先", "其次", "接着", "接著", "接下来", "接下來", "然后", "然後", "最后", "最後", "第一步", "第二步", "第三步", "第四步", "第五步", "步骤", "步驟",
    ];

    private static readonly SearchValues<char> ChineseStarts = SearchValues.Create([.. Chinese.Select(word => word[0])]);

    /// <summary>The steps of a text.</summary>
    public static ReasoningStepsDetails Count(ReadOnlySpan<char> text)
    {
        var (numbered, bulleted, worded) = (0, 0, CountEnglish(text) + CountChinese(text));
        foreach (var line in text.EnumerateLines())
        {
            var content = line.TrimStart(" \t>#");
            numbered += IsNumbered(content.TrimStart('*')) ? 1 : 0;
            bulleted += content is ['-' or '*' or '•', ' ' or '\t', _, ..] ? 1 : 0;
        }

        return new(numbered, bulleted, worded);
    }

    private static int CountEnglish(ReadOnlySpan<char> text)
    {
        var count = 0;
        for (var (at, found) = (0, text.IndexOfAny(English)); found >= 0; found = text[at..].IndexOfAny(English))
        {
            at += found + 1;
            var step = !text[(at - 1)..].StartsWith("Step ", StringComparison.Ordinal) || IsCounted(text[(at - 1 + "Step ".Length)..]);
            count += step && IsBound(text, at - 1) ? 1 : 0;
        }

        return count;
    }

    private static int CountChinese(ReadOnlySpan<char> text)
    {
        var count = 0;
        for (var found = text.IndexOfAny(ChineseStarts); found >= 0; found = text.IndexOfAny(ChineseStarts))
        {
            text = text[found..];
            foreach (var word in Chinese)
            {
                count += text.StartsWith(word, StringComparison.Ordinal) && (word[0] != '步' || IsCounted(text[word.Length..].TrimStart(' '))) ? 1 : 0;
            }

            text = text[1..];
        }

        return count;
    }

    private static bool IsBound(ReadOnlySpan<char> text, int at) => at == 0 || CharKinds.Of(text[at - 1]) != CharKind.Letter;

    private static bool IsCounted(ReadOnlySpan<char> rest)
    {
        var after = rest.TrimStart("0123456789一二三四五六七八九十");
        return rest.Length - after.Length is > 0 and <= MostDigits && after.TrimStart('*') is [':' or '：' or '.' or '、', ..];
    }

    // Not "3.14".
    private static bool IsNumbered(ReadOnlySpan<char> line)
    {
        var after = line.TrimStart("0123456789");
        return line.Length - after.Length is > 0 and <= MostDigits
            && (after is ['.' or ')', ' ' or '\t' or '*', ..] or ['、' or '．', ..]);
    }
}
