namespace RewardServer.Compatibility;

/// <summary>Settings of what trainers call (section "Trainers" of the configuration).</summary>
public sealed record TrainerOptions
{
    /// <summary>The rubric of a call that names none (<c>?rubric=NAME</c>).</summary>
    public string Rubric { get; init; } = "r1-zero";

    /// <summary>A rubric for the calls of one protocol that name none, by the protocol's name: "openrlhf", "slime", "nemo-gym", "roll", or one of <see cref="Forms"/>.</summary>
    public Dictionary<string, string> Rubrics { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Further paths that take a request of any shape, by their names: <c>POST /trainers/NAME</c>.</summary>
    public Dictionary<string, FormOptions> Forms { get; init; } = new(StringComparer.Ordinal);

    /// <summary>For how many seconds a grading that a fault of the server fails is tried again, where its client waits as long.</summary>
    public double PatienceSeconds { get; init; } = 300;

    /// <summary>Everything that is wrong with these settings.</summary>
    public IEnumerable<string> Errors() =>
        Forms.SelectMany(form => form.Value.Errors().Select(error => $"Trainers:Forms:{form.Key}:{error}"))
            .Concat(PatienceSeconds is >= 0 and <= 86_400 ? [] : [$"Trainers:PatienceSeconds: must be from 0 to 86400, but is {PatienceSeconds}"]);

    /// <summary>The rubric of a protocol's calls that name none.</summary>
    public string RubricOf(string protocol) => Rubrics.GetValueOrDefault(protocol, Rubric);
}
