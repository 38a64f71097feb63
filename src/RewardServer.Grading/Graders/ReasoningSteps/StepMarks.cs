using System.Buffers;
using RewardServer.Grading.Extraction.Words;

namespace RewardServer.Grading.Graders.ReasoningSteps;

/// <summary>Counts what sets steps apart in a text. Linear in its length.</summary>
internal static class StepMarks
{
    private const int MostDigits = 3;

    // Capitals, for "first" opens no step within a sentence.
    private static readonly SearchValues<string> Words = SearchValues.Create(
        [
            "Step ", "First,", "First:", "Firstly,", "Second,", "Second:", "Secondly,", "Third,", "Third:", "Thirdly,", "Next,", "Then,", "Finally,", "Lastly,",
            "首先", "其次", "接着", "接著", "接下来", "接下來", "然后", "然後", "最后", "最後", "第一步", "第二步", "第三步", "第四步", "第五步", "步骤", "步驟",
        ],
        StringComparison.Ordinal);

    /// <summary>The steps of a text.</summary>
    public static ReasoningStepsDetails Count(ReadOnlySpan<char> text)
    {
        var (numbered, bulleted, worded) = (0, 0, CountWords(text));
        foreach (var line in text.EnumerateLines())
        {
            var content = line.TrimStart(" \t>#");
            numbered += IsNumbered(content.TrimStart('*')) ? 1 : 0;
            bulleted += content is ['-' or '*' or '•', ' ' or '\t', _, ..] ? 1 : 0;
        }

        return new(numbered, bulleted, worded);
    }

    private static int CountWords(ReadOnlySpan<char> text)
    {
        var count = 0;
        for (var at = Next(text, 0); at < text.Length; at = Next(text, at + 1))
        {
            count += IsStep(text, at) ? 1 : 0;
        }

        return count;
    }

    private static int Next(ReadOnlySpan<char> text, int from) =>
        text[from..].IndexOfAny(Words) is >= 0 and var found ? from + found : text.Length;

    // "Step 2:", "步骤3：", and whole words.
    private static bool IsStep(ReadOnlySpan<char> text, int at)
    {
        var rest = text[at..];
        return text[at] switch
        {
            'S' when rest.StartsWith("Step ", StringComparison.Ordinal) => IsBound(text, at) && IsCounted(rest["Step ".Length..]),
            '步' => IsCounted(rest["步骤".Length..].TrimStart(' ')),
            <= '\u007f' => IsBound(text, at),
            _ => true,
        };
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
