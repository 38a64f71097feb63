using RewardServer.Training.Problems.Writing;

namespace RewardServer.Training.Problems.Notes;

/// <summary>Options of the kind "writing".</summary>
public sealed record NoteOptions : IProblemOptions
{
    /// <summary>
    /// The share of pairs, from 0 to 1, whose worse note has too much courtesy. With 0 every better note of a pair has more of it than the worse, so that
    /// nothing says that there can be too much.
    /// </summary>
    public double Effusive { get; init; }

    /// <summary>The share of pairs, from 0 to 1, whose worse note is a good one to somebody else, or about something else.</summary>
    public double Mistaken { get; init; } = 0.2;

    /// <summary>The manners of its texts: careful ones are good notes, guesses are curt, slips have too much courtesy or go to somebody else.</summary>
    public Mixture Texts { get; init; } = new() { Careful = 0.4, Guess = 0.3, Slip = 0.25, Unfinished = 0.05 };

    /// <inheritdoc/>
    public IEnumerable<(string Member, string Error)> Errors()
    {
        foreach (var (member, error) in Texts.Errors())
        {
            yield return ($"texts.{member}", error);
        }

        if (Effusive is not (>= 0 and <= 1))
        {
            yield return ("effusive", $"must be from 0 to 1, but is {Effusive}");
        }

        if (Mistaken is not (>= 0 and <= 1) || Effusive + Mistaken > 1)
        {
            yield return ("mistaken", $"must be from 0 to 1, and no more than 1 together with effusive, but is {Mistaken}");
        }
    }
}
