using System.Collections.Immutable;
using RewardServer.Jobs.Reports.Statistics;

namespace RewardServer.Jobs.Reports;

/// <summary>What a run over a data set found.</summary>
public sealed record Report
{
    /// <summary>Completions.</summary>
    public required long Items { get; init; }

    /// <summary>Problems: completions of one problem have one group.</summary>
    public required long Problems { get; init; }

    /// <summary>How many were scored, skipped and failed.</summary>
    public required ImmutableSortedDictionary<string, long> Outcomes { get; init; }

    /// <summary>The mean reward of what was scored; null where nothing was.</summary>
    public Interval? Reward { get; init; }

    /// <summary>The share of it that is right.</summary>
    public Interval? Accuracy { get; init; }

    /// <summary>For some k up to the fewest completions of a problem: pass@k, maj@k and the mean reward of the best of k, over problems.</summary>
    public ImmutableArray<AtK> ByK { get; init; } = [];

    /// <summary>The same by the values of columns of the rows.</summary>
    public ImmutableArray<ColumnReport> Columns { get; init; } = [];

    /// <summary>Lengths, times and memory; those that nobody measured are left out.</summary>
    public ImmutableSortedDictionary<string, Spread> Measures { get; init; } = ImmutableSortedDictionary<string, Spread>.Empty;

    /// <summary>Why completions are not right, the most frequent first.</summary>
    public ImmutableArray<ReasonCount> Reasons { get; init; } = [];
}

/// <summary>What k completions of a problem reach.</summary>
/// <param name="K">How many.</param>
/// <param name="Pass">The chance that one of them is right (<see cref="PassAtK"/>).</param>
/// <param name="Majority">The chance that what most of them answer is right (<see cref="MajorityAtK"/>).</param>
/// <param name="Best">The mean reward of the best (<see cref="BestOfK"/>).</param>
public sealed record AtK(int K, Interval Pass, Interval Majority, Interval Best);

/// <summary>A column of the rows.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Values">Its values, in order.</param>
public sealed record ColumnReport(string Name, ImmutableArray<ValueReport> Values);

/// <summary>The rows with one value of a column.</summary>
/// <param name="Value">The value.</param>
/// <param name="Items">Completions that were scored.</param>
/// <param name="Reward">Their mean reward.</param>
/// <param name="Accuracy">The share that is right.</param>
public sealed record ValueReport(string Value, long Items, Interval Reward, Interval Accuracy);

/// <summary>How a measure spreads.</summary>
/// <param name="Count">How many were measured.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="Median">Half are below.</param>
/// <param name="Ninety">90% are below.</param>
/// <param name="NinetyNine">99% are below.</param>
/// <param name="Most">The largest.</param>
public sealed record Spread(long Count, double Mean, double Median, double Ninety, double NinetyNine, double Most);

/// <summary>Why completions are not right.</summary>
/// <param name="Reason">The reason, with numbers and names in quotes left out, so that those of a kind are one.</param>
/// <param name="Items">How many have it.</param>
/// <param name="Share">Of all that are not right.</param>
public sealed record ReasonCount(string Reason, long Items, double Share);
