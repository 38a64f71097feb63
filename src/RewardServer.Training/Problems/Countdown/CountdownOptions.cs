using RewardServer.Training.Problems.Writing;

namespace RewardServer.Training.Problems.Countdown;

/// <summary>Options of the kind "countdown".</summary>
public sealed record CountdownOptions : IProblemOptions
{
    // A question and the text of one try and its answer.
    private const int Shortest = 80;

    private const string All = "+-*";

    /// <summary>The largest of the three numbers: 6 to 30.</summary>
    public int Largest { get; init; } = 12;

    /// <summary>What may join them: some of <c>+-*</c>, in this order. With <c>+-</c> there are at most five ways, which a short search exhausts.</summary>
    public string Operations { get; init; } = All;

    /// <summary>
    /// The most characters of a question and its text together, without a template, from 80 to 1,000: it bounds how long a search may be. Where each
    /// tag and each part of the template is one token, 120 characters and the token that ends them are 95.
    /// </summary>
    public int Longest { get; init; } = 120;

    /// <summary>
    /// How well tries are aimed, from 0.1 to 1,000: one that comes within this much of the target is chosen 2.7 times less often than one that hits it.
    /// Smaller numbers make better searches, and a better base model so far as it can learn to aim. With 0, tries go through all ways in one
    /// order, which is far easier to learn.
    /// </summary>
    public double Aim { get; init; }

    /// <summary>How likely a search that gives up goes on after a try that missed, from 0 to 0.95.</summary>
    public double Patience { get; init; } = 0.4;

    /// <summary>The manners of its texts: careful searches go on to the target, slips give up before.</summary>
    public Mixture Texts { get; init; } = new() { Careful = 0.46, Guess = 0.2, Slip = 0.29, Unfinished = 0.05 };

    /// <inheritdoc/>
    public IEnumerable<(string Member, string Error)> Errors()
    {
        foreach (var (member, error) in Texts.Errors())
        {
            yield return ($"texts.{member}", error);
        }

        if (Largest is < 6 or > 30)
        {
            yield return ("largest", $"must be from 6 to 30, but is {Largest}");
        }

        if (Operations.Length == 0 || Operations != string.Concat(All.Where(Operations.Contains)))
        {
            yield return ("operations", $"must be some of {All}, in this order, but is '{Operations}'");
        }

        if (Longest is < Shortest or > 1000)
        {
            yield return ("longest", $"must be from {Shortest} to 1000, but is {Longest}");
        }

        if (Aim is not (0 or >= 0.1 and <= 1000))
        {
            yield return ("aim", $"must be 0, or from 0.1 to 1000, but is {Aim}");
        }

        if (Patience is not (>= 0 and <= 0.95))
        {
            yield return ("patience", $"must be from 0 to 0.95, but is {Patience}");
        }
    }
}
