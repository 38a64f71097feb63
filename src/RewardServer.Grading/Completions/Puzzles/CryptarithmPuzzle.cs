namespace RewardServer.Grading.Completions.Puzzles;

/// <summary>Each letter stands for a digit, different letters for different ones, and no number begins with 0: SEND + MORE = MONEY.</summary>
/// <param name="Equation">Sums and differences of words of letters on both sides of one equals sign.</param>
public sealed record CryptarithmPuzzle(string Equation) : Puzzle
{
    private const int Longest = 400, LongestWord = 12, MostLetters = 10;

    /// <summary>Whether a number may begin with 0.</summary>
    public bool LeadingZeros { get; init; }

    /// <summary>The words in their order, each with the sign that it has where all stand on the left side.</summary>
    /// <returns>The words; empty where the equation is none.</returns>
    internal IReadOnlyList<(string Word, int Sign)> Words()
    {
        var (words, sign, side, expectsWord) = (new List<(string, int)>(), 1, 1, true);
        for (var i = 0; i < Equation.Length;)
        {
            var letters = Equation.AsSpan(i).IndexOfAnyExcept(Letters) is >= 0 and var end ? end : Equation.Length - i;
            if (letters > 0 && expectsWord)
            {
                words.Add((Equation.Substring(i, letters), sign * side));
                (i, expectsWord) = (i + letters, false);
            }
            else if (letters == 0 && !expectsWord && Equation[i] is '+' or '-' or '=')
            {
                side = Equation[i] == '=' ? side - 2 : side;
                (sign, i, expectsWord) = (Equation[i] == '-' ? -1 : 1, i + 1, true);
            }
            else if (Equation[i] == ' ')
            {
                i++;
            }
            else
            {
                return [];
            }
        }

        return expectsWord || side != -1 ? [] : words;
    }

    private static readonly System.Buffers.SearchValues<char> Letters = System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ");

    /// <inheritdoc/>
    public override IEnumerable<(string Member, string Error)> Errors()
    {
        if (Equation.Length > Longest || Words() is not { Count: > 0 } words)
        {
            yield return ("equation", "must be sums or differences of words of capital letters on both sides of one '='");
        }
        else if (words.Any(word => word.Word.Length > LongestWord) || words.SelectMany(word => word.Word).Distinct().Count() > MostLetters)
        {
            yield return ("equation", $"must have words of at most {LongestWord} letters, and at most {MostLetters} different ones");
        }
    }
}
