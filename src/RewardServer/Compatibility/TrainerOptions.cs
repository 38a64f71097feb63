namespace RewardServer.Compatibility;

/// <summary>Settings of what trainers call (section "Trainers" of the configuration).</summary>
public sealed record TrainerOptions
{
    // Below every deadline of the calls that are held.
    private const int LongestRetry = 120;

    /// <summary>The rubric of a call that names none (<c>?rubric=NAME</c>).</summary>
    public string Rubric { get; init; } = "r1-zero";

    /// <summary>A rubric for the calls of one protocol that name none, by the protocol's name: "openrlhf", "slime", "nemo-gym", "roll", or one of <see cref="Forms"/>.</summary>
    public Dictionary<string, string> Rubrics { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Further paths that take a request of any shape, by their names: <c>POST /trainers/NAME</c>.</summary>
    public Dictionary<string, FormOptions> Forms { get; init; } = new(StringComparer.Ordinal);

    /// <summary>
    /// How long a call of a client that soon gives up is held while a fault of ours is tried again, in seconds from when it came; 0: not at
    /// all. (OpenRLHF tries five times within as many seconds, and its run is lost then.)
    /// </summary>
    public double RetrySeconds { get; init; } = 30;

    /// <summary>Everything that is wrong with these settings.</summary>
    public IEnumerable<string> Errors()
    {
        if (RetrySeconds is not (>= 0 and <= LongestRetry))
        {
            yield return $"Trainers:RetrySeconds: must be from 0 to {LongestRetry}";
        }

        foreach (var (name, form) in Forms)
        {
            foreach (var error in form.Errors(name))
            {
                yield return $"Trainers:Forms:{name}:{error}";
            }
        }
    }

    /// <summary>The rubric of a protocol's calls that name none.</summary>
    public string RubricOf(string protocol) => Rubrics.GetValueOrDefault(protocol, Rubric);
}
