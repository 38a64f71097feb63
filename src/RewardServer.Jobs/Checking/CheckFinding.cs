using System.Text.Json.Serialization;

namespace RewardServer.Jobs.Checking;

/// <summary>What is told of a row.</summary>
public enum CheckResult
{
    /// <summary>Its own gold is not accepted: the gold or the tests are wrong, or our verifier is.</summary>
    GoldRefused,

    /// <summary>Golds of other rows are accepted: the task tells right from wrong too little.</summary>
    NeighbourAccepted,

    /// <summary>It cannot be judged: it cannot be read, its gold does not parse, or it has no tests.</summary>
    Unjudged,

    /// <summary>It was not tried: no gold is known of this kind of row, or its programs cannot be run here. That is no fault of the row, and no failure.</summary>
    Untried,

    /// <summary>It could not be graded by a fault of ours.</summary>
    Failed,

    /// <summary>The neighbour's gold is accepted and a further one is not: the two golds are one answer in two writings. No failure.</summary>
    Alike,
}

/// <summary>Something that is to be told of a row.</summary>
/// <param name="Row">Its number in the file.</param>
/// <param name="Id">Its problem's name; its number where it has none.</param>
/// <param name="What">What it is.</param>
/// <param name="Reason">Why, in a sentence.</param>
public sealed record CheckFinding(long Row, string Id, CheckResult What, string Reason)
{
    /// <summary>The beginning of the row's gold; absent where it has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Gold { get; init; }

    /// <summary>The number of the row whose gold was accepted; absent where none was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Neighbour { get; init; }

    /// <summary>The beginning of that gold.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? NeighbourGold { get; init; }
}
