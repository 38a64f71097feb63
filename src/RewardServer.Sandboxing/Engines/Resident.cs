namespace RewardServer.Sandboxing.Engines;

/// <summary>A process that stays in a slot between runs, under an id of its own (sandbox-images/runner/README.md).</summary>
/// <param name="Name">What tells it from others.</param>
/// <param name="Folder">The folder below /opt/rewardserver that it is made of, and below the server's own "residents".</param>
/// <param name="Arguments">Its command line, the first an absolute path.</param>
/// <param name="Environment">Its environment, to which the agent adds how it can be spoken to.</param>
/// <param name="Forks">Whether it forks a process for each run, for which it must change ids; else it does the work itself.</param>
internal sealed record Resident(
    string Name, string Folder, IReadOnlyList<string> Arguments, IReadOnlyList<string> Environment, bool Forks)
{
    /// <summary>One of each name is all there is.</summary>
    public bool Equals(Resident? other) => other?.Name == Name;

    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    /// <summary>Its settings for the agent, key=value each.</summary>
    public IEnumerable<string> Settings() =>
        Arguments.Select(argument => "resident=" + argument)
            .Concat(Environment.Select(pair => "resident-env=" + pair))
            .Append(Forks ? "resident-forks=1" : "resident-forks=0");
}
