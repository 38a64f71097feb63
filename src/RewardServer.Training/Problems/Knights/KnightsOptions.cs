using RewardServer.Training.Problems.Writing;

namespace RewardServer.Training.Problems.Knights;

/// <summary>Options of the kind "knights".</summary>
public sealed record KnightsOptions : IProblemOptions
{
    /// <summary>How many people each puzzle has: 2 to 4. Twice as many cases with each.</summary>
    public int People { get; init; } = 3;

    /// <summary>Whether statements may be joined by "and" and "or"; without, there are fewer puzzles, which are easier.</summary>
    public bool Connectives { get; init; } = true;

    /// <summary>The languages that puzzles are asked and thought about in; null for English alone.</summary>
    public Languages? Languages { get; init; }

    /// <summary>The manners of its texts: careful ones go on to the case that fits, slips take one that does not.</summary>
    public Mixture Texts { get; init; } = new();

    /// <inheritdoc/>
    public IEnumerable<(string Member, string Error)> Errors()
    {
        foreach (var (member, error) in Texts.Errors())
        {
            yield return ($"texts.{member}", error);
        }

        foreach (var (member, error) in Languages?.Errors() ?? [])
        {
            yield return ($"languages.{member}", error);
        }

        if (People is < 2 or > 4)
        {
            yield return ("people", $"must be from 2 to 4, but is {People}");
        }

        if (People == 2 && !Connectives)
        {
            yield return ("connectives", "must be true where there are 2 people: without, there are 12 puzzles, too few for three parts");
        }
    }
}
