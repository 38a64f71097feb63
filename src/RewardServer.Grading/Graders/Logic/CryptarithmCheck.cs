using System.Collections.Immutable;
using System.Text.RegularExpressions;
using RewardServer.Grading.Completions.Puzzles;
using RewardServer.Grading.Graders.Logic.Constraints;
using RewardServer.Grading.Graders.Logic.Reading;

namespace RewardServer.Grading.Graders.Logic;

/// <summary>A cryptarithm: the digits of the letters make the equation true. Read as digits of letters, or as the equation in digits.</summary>
internal sealed class CryptarithmCheck(CryptarithmPuzzle puzzle)
    : AssignmentCheck(ProblemOf(puzzle), new([.. Letters(puzzle).Select(letter => $"{letter}")], [.. Enumerable.Range(0, 10).Select(digit => $"{digit}")]))
{
    // "10,652"
    private static readonly Regex Grouped = new(@"\b(?<left>\d{1,3}),(?<right>\d{3})\b", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    private readonly ImmutableArray<char> letters = Letters(puzzle);
    private readonly List<Word> pattern = Word.All(puzzle.Equation);

    /// <inheritdoc/>
    public override Finding Read(string text)
    {
        var said = base.Read(text);
        return said.IsAnswer || said.IsHedged ? said : ReadEquation(text) ?? said;
    }

    // The puzzle's own words may be "NO" and "OR".
    /// <inheritdoc/>
    protected override string? Remarks(string text) => pattern.Where(word => word.IsWord).Aggregate(text, (rest, word) => rest.Replace(word.Text, " ", StringComparison.Ordinal));

    // "9567 + 1085 = 10652"
    private Finding? ReadEquation(string text)
    {
        var plain = PlainText.Of(text);
        if (Damage.IsIn(plain))
        {
            return null;
        }

        var words = Word.All(Grouped.Replace(plain, "${left}${right}"));
        var found = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i + pattern.Count <= words.Count; i++)
        {
            if (Enumerable.Range(0, pattern.Count).All(at => Fits(pattern[at], words[i + at])))
            {
                found.Add(string.Join(' ', words.Skip(i).Take(pattern.Count).Select(word => word.Text)));
            }
        }

        return found.Count == 0 ? ReadWords(words)
            : found.Count > 1 ? new(true, string.Join("; ", found.Take(4)), ["different equations are given"]) { IsHedged = true }
            : JudgeEquation(found.Single());
    }

    // "SEND = 9567, MORE = 1085, MONEY = 10652"
    private Finding? ReadWords(List<Word> words)
    {
        var numbers = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i + 2 < words.Count; i++)
        {
            if (words[i + 1].Text is "=" or ":" or "->" && pattern.Find(word => word.IsWord && word.Text == words[i].Text) is { IsWord: true } word && Fits(word, words[i + 2])
                && !numbers.TryAdd(word.Text, words[i + 2].Text) && numbers[word.Text] != words[i + 2].Text)
            {
                return new(true, "", [$"two things are said of {word.Text}"]) { IsHedged = true };
            }
        }

        return pattern.TrueForAll(word => !word.IsWord || numbers.ContainsKey(word.Text))
            ? JudgeEquation(string.Join(' ', pattern.Select(word => word.IsWord ? numbers[word.Text] : word.Text)))
            : null;
    }

    private static bool Fits(Word asked, Word said) => asked.IsWord
        ? said.Text.Length == asked.Text.Length && said.Text.All(char.IsAsciiDigit)
        : said.Text == asked.Text || (asked.Text == "-" && said.Text is "−" or "–");

    private Finding JudgeEquation(string equation)
    {
        var (values, numbers) = (Enumerable.Repeat(-1, letters.Length).ToArray(), equation.Split(' '));
        foreach (var (letter, digit) in pattern.Zip(numbers).Where(pair => pair.First.IsWord).SelectMany(pair => pair.First.Text.Zip(pair.Second)))
        {
            var at = letters.IndexOf(letter);
            if (values[at] >= 0 && values[at] != digit - '0')
            {
                return new(true, equation, [$"{letter} stands for both {values[at]} and {digit}"]);
            }

            values[at] = digit - '0';
        }

        return Judge(values, equation);
    }

    private static Dictionary<char, long> Factors(CryptarithmPuzzle puzzle)
    {
        var factors = new Dictionary<char, long>();
        foreach (var (word, sign) in puzzle.Words())
        {
            var place = (long)sign;
            foreach (var letter in word.Reverse())
            {
                factors[letter] = factors.GetValueOrDefault(letter) + place;
                place *= 10;
            }
        }

        return factors;
    }

    // Those that weigh most come first: a search then sees early that a sum cannot come out.
    private static ImmutableArray<char> Letters(CryptarithmPuzzle puzzle) =>
        [.. Factors(puzzle).OrderByDescending(pair => Math.Abs(pair.Value)).ThenBy(pair => pair.Key).Select(pair => pair.Key)];

    private static Problem ProblemOf(CryptarithmPuzzle puzzle)
    {
        var (letters, factors, words) = (Letters(puzzle), Factors(puzzle), puzzle.Words());
        var leading = puzzle.LeadingZeros ? [] : words.Where(word => word.Word.Length > 1).Select(word => word.Word[0]).Distinct().ToArray();
        ImmutableArray<int> all = [.. Enumerable.Range(0, letters.Length)];
        var different = new Different(all);
        Rule[] rules =
        [
            .. leading.Select(letter => new Rule(FormulaCompiler.Not(new Value(letters.IndexOf(letter), 0)), _ => $"{letter} is 0, and begins a number")),
            new(different, values => $"several letters are {different.Repeated(values)?.Value}"),
            new(new Linear(all, [.. letters.Select(letter => factors[letter])], 0, 9), values => $"{string.Concat(puzzle.Equation.Select(c => letters.IndexOf(c) is >= 0 and var at ? (char)('0' + values[at]) : c))} is false"),
        ];
        return new([.. letters.Select(letter => Problem.Values(10) & (leading.Contains(letter) ? ~1UL : ~0UL))], [.. rules]);
    }
}
