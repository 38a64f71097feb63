using System.Text;
using System.Text.RegularExpressions;

namespace RewardServer.Benchmarks;

/// <summary>A text whose share of one language is known.</summary>
/// <param name="Target">The language.</param>
/// <param name="Others">What it is mixed with.</param>
/// <param name="Question">A sentence of that language that is not in the text.</param>
/// <param name="Text">The text.</param>
/// <param name="Share">The share of its words that are of the target.</param>
internal sealed record MixedPassage(string Target, string[] Others, string Question, string Text, double Share);

/// <summary>Mixes sentences of several languages. Words are counted by expressions of Unicode's categories, apart from the grader's own table.</summary>
internal sealed partial class LanguagePassages
{
    private static readonly string[] Noise =
    [
        "$x^2 + 2x + 1 = 0$", "$$\\frac{a}{b} = \\sqrt{2}$$", "\\(n \\ge 3\\)", "`total = a + b`", "https://example.com/problems/17", "3.14159", "x = 12,",
        "\n```python\nfor item in range(10):\n    total += item\nprint(total)\n```\n",
    ];

    private readonly Dictionary<string, string[]> sentences;
    private readonly Random random;

    /// <param name="file">Sentences by language.</param>
    /// <param name="half">0 for the sentences that are for tuning, 1 for those of the report.</param>
    public LanguagePassages(string file, int half)
    {
        sentences = Read(file).ToDictionary(pair => pair.Key, pair => pair.Value.Where((_, i) => i % 2 == half).ToArray());
        random = new Random(2026 + half);
    }

    /// <summary>Every language, in the file's order.</summary>
    public IReadOnlyList<string> Languages => [.. sentences.Keys];

    /// <summary>The sentences of a language.</summary>
    public IReadOnlyList<string> Of(string language) => sentences[language];

    /// <summary>A text of 5 to 15 sentences in the target and one or two other languages, with formulas and code between them.</summary>
    /// <param name="halves">Whether there are only halves of sentences, with nothing but a space between them.</param>
    public MixedPassage Next(bool halves)
    {
        var drawn = Languages.OrderBy(_ => random.Next()).ToArray();
        var (target, others) = (drawn[0], drawn[1..(2 + random.Next(2))]);
        var question = sentences[target][random.Next(sentences[target].Length)];
        var (text, share, inTarget, words) = (new StringBuilder(), random.NextDouble(), 0, 0);
        for (var left = 5 + random.Next(11); left > 0; left--)
        {
            var language = random.NextDouble() < share ? target : others[random.Next(others.Length)];
            var sentence = sentences[language][random.Next(sentences[language].Length)];
            if (sentence == question)
            {
                continue;
            }

            sentence = halves ? Half(sentence) : sentence;
            var count = Word().Count(sentence);
            (words, inTarget) = (words + count, inTarget + (language == target ? count : 0));
            text.Append(sentence).Append(!halves && random.Next(4) == 0 ? "\n" : " ");
            text.Append(!halves && random.Next(6) == 0 ? Noise[random.Next(Noise.Length)] + " " : "");
        }

        return words == 0 ? Next(halves) : new(target, others, question, text.ToString(), (double)inTarget / words);
    }

    private string Half(string sentence)
    {
        var middle = sentence.IndexOf(' ', sentence.Length / 2);
        middle = middle < 0 ? sentence.Length / 2 : middle;
        return (random.Next(2) == 0 ? sentence[..middle] : sentence[middle..]).Trim('.', '。', '।', ' ');
    }

    private static Dictionary<string, List<string>> Read(string file)
    {
        var (found, current) = (new Dictionary<string, List<string>>(StringComparer.Ordinal), "");
        foreach (var line in File.ReadAllLines(file).Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (line[0] == '[')
            {
                found.Add(current = line.Trim('[', ']'), []);
            }
            else
            {
                found[current].Add(line);
            }
        }

        return found;
    }

    [GeneratedRegex(@"[\p{IsCJKUnifiedIdeographs}\p{IsHiragana}\p{IsKatakana}\p{IsHangulSyllables}々]|(?=\p{IsThai})\p{L}|(?!\p{IsThai})[\p{L}-[\p{IsCJKUnifiedIdeographs}\p{IsHiragana}\p{IsKatakana}\p{IsHangulSyllables}]][\p{L}\p{M}'-[\p{IsCJKUnifiedIdeographs}\p{IsHiragana}\p{IsKatakana}\p{IsHangulSyllables}]]+|\p{IsCyrillic}|(?=\p{IsArabic})\p{L}", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
