namespace RewardServer.Training.Problems.Writing;

/// <summary>
/// How often each manner stands among the texts that a base model is pretrained on. A model that has learned them and samples at temperature 1
/// writes in the same mixture, so that these weights set how good it is before reinforcement, and what reinforcement can make of it.
/// Weights count against one another; they need not add up to 1.
/// </summary>
public sealed record Mixture
{
    /// <summary>Weight of texts that reason step by step, and are right.</summary>
    public double Careful { get; init; } = 0.43;

    /// <summary>Weight of texts that do not reason and answer something near.</summary>
    public double Guess { get; init; } = 0.27;

    /// <summary>Weight of texts that reason and slip, or give up too early: they are wrong.</summary>
    public double Slip { get; init; } = 0.25;

    /// <summary>Weight of texts that lack the answer or a closing tag.</summary>
    public double Unfinished { get; init; } = 0.05;

    /// <summary>The share of guesses that are right, from 0 to 1.</summary>
    public double LuckyGuesses { get; init; } = 0.1;

    /// <summary>The share of texts that are right.</summary>
    internal double Accuracy => (Careful + (Guess * LuckyGuesses)) / Sum;

    private double Sum => Careful + Guess + Slip + Unfinished;

    /// <summary>What is wrong with the weights; empty where nothing is.</summary>
    internal IEnumerable<(string Member, string Error)> Errors()
    {
        (string Member, double Weight)[] weights = [("careful", Careful), ("guess", Guess), ("slip", Slip), ("unfinished", Unfinished)];
        foreach (var (member, weight) in weights.Where(each => each.Weight is not (>= 0 and <= 1_000_000)))
        {
            yield return (member, $"must be from 0 to 1000000, but is {weight}");
        }

        if (Sum == 0)
        {
            yield return ("careful", "must be above 0 where all other weights are 0");
        }

        if (LuckyGuesses is not (>= 0 and <= 1))
        {
            yield return ("luckyGuesses", $"must be from 0 to 1, but is {LuckyGuesses}");
        }
    }

    /// <summary>The manner of the next text.</summary>
    internal Manner Draw(Random random)
    {
        var place = random.NextDouble() * Sum;
        return place < Careful ? Manner.Careful
            : place < Careful + Guess ? Manner.Guess
            : place < Careful + Guess + Slip ? Manner.Slip
            : Manner.Unfinished;
    }
}
