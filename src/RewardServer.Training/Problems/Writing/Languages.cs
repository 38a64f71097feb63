namespace RewardServer.Training.Problems.Writing;

/// <summary>
/// Which languages problems are asked and thought about in: English and Chinese. A question is in one of them, and a text that mixes languages thinks, in part
/// or in whole, in the other. A base model that has learned such texts mixes as often, which the grader <c>language</c> takes from its reward.
/// </summary>
public sealed record Languages
{
    private const string BetweenClauses = "; ";

    /// <summary>The share of questions that are in Chinese, from 0 to 1; the others are in English.</summary>
    public double Chinese { get; init; } = 0.5;

    /// <summary>The share of texts, from 0 to 1, of whose thinking at least one clause is in the other language than the question. An empty thinking mixes nothing.</summary>
    public double Mixing { get; init; } = 0.5;

    /// <summary>English alone.</summary>
    internal static Languages English { get; } = new() { Chinese = 0, Mixing = 0 };

    /// <summary>Whether the next question is in Chinese.</summary>
    internal bool AskInChinese(Random random) => Chinese > 0 && random.NextDouble() < Chinese;

    /// <summary>Some clauses of thinking about a question, in its language but where languages are mixed.</summary>
    internal string Think(IReadOnlyList<Phrase> clauses, bool chinese, Random random)
    {
        if (Mixing == 0 || random.NextDouble() >= Mixing)
        {
            return string.Join(BetweenClauses, clauses.Select(clause => clause.In(chinese)));
        }

        var other = random.Next(clauses.Count);
        return string.Join(BetweenClauses, clauses.Select((clause, i) => clause.In(i == other || random.Next(2) == 0 ? !chinese : chinese)));
    }

    /// <summary>What stands in the place of thinking: nothing, or a word.</summary>
    internal string Thoughtless(bool chinese, Random random) => random.Next(2) == 0 ? "" : Think([Phrase.Thoughtless], chinese, random);

    /// <summary>What is wrong with the shares; empty where nothing is.</summary>
    internal IEnumerable<(string Member, string Error)> Errors()
    {
        if (Chinese is not (>= 0 and <= 1))
        {
            yield return ("chinese", $"must be from 0 to 1, but is {Chinese}");
        }

        if (Mixing is not (>= 0 and <= 1))
        {
            yield return ("mixing", $"must be from 0 to 1, but is {Mixing}");
        }
    }
}
