namespace RewardServer.Grading.Extraction;

/// <summary>An answer and where its mark (a box, a pair of tags) stands in the text.</summary>
/// <param name="Start">Where the mark begins.</param>
/// <param name="End">Where the mark has ended.</param>
/// <param name="Text">The answer.</param>
internal readonly record struct MarkedAnswer(int Start, int End, string Text)
{
    /// <summary>More answers than this are never joined: no gold has so many.</summary>
    public const int MostTogether = 64;

    /// <summary>The last answer, and with it those before it from which only connecting or hedging words part it.</summary>
    public static string LastTogether(string text, IReadOnlyList<MarkedAnswer> answers)
    {
        var first = answers.Count - 1;
        while (first > 0 && answers.Count - first < MostTogether && Alternatives.Join(Between(text, answers[first - 1], answers[first])))
        {
            first--;
        }

        return Together(text, [.. answers.Skip(first)]);
    }

    /// <summary>All answers in one text.</summary>
    public static string Together(string text, IReadOnlyList<MarkedAnswer> answers) => answers.Count == 1
        ? answers[0].Text
        : Alternatives.List(answers.Select(a => a.Text.Trim()), answers.Zip(answers.Skip(1)).Any(pair => Alternatives.IsChoice(Between(text, pair.First, pair.Second))));

    private static ReadOnlySpan<char> Between(string text, MarkedAnswer left, MarkedAnswer right) => text.AsSpan(left.End, right.Start - left.End);
}
