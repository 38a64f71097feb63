using System.Collections.Immutable;
using RewardServer.Grading.Voting;
using RewardServer.Jobs.Reports.Statistics;

namespace RewardServer.Jobs.Reports;

/// <summary>What a run over a data set found.</summary>
public sealed record Report
{
    /// <summary>Completions.</summary>
    public required long Items { get; init; }

    /// <summary>Problems: completions of one problem have one group.</summary>
    public required long Problems { get; init; }

    /// <summary>Problems of which a completion was scored: all that is told over problems is told over them.</summary>
    public long Judged { get; init; }

    /// <summary>How many were scored, skipped and failed.</summary>
    public required ImmutableSortedDictionary<string, long> Outcomes { get; init; }

    /// <summary>By what they were graded, the most first; more than one where results of several runs stand in one file.</summary>
    public ImmutableArray<GradedByCount> GradedBy { get; init; } = [];

    /// <summary>How many of the scored are right.</summary>
    public long Right { get; init; }

    /// <summary>The mean reward of what was scored; null where nothing was.</summary>
    public Interval? Reward { get; init; }

    /// <summary>The share of it that is right.</summary>
    public Interval? Accuracy { get; init; }

    /// <summary>For some k: pass@k, maj@k and the mean reward of the best of k, over the problems that have k completions; up to the k that half of the problems have.</summary>
    public ImmutableArray<AtK> ByK { get; init; } = [];

    /// <summary>How many rewards lie where, ascending.</summary>
    public ImmutableArray<RewardBin> Rewards { get; init; } = [];

    /// <summary>How long right completions are, and wrong ones; null where nobody counted.</summary>
    public LengthReport? Lengths { get; init; }

    /// <summary>The same by the values of columns of the rows.</summary>
    public ImmutableArray<ColumnReport> Columns { get; init; } = [];

    /// <summary>Tokens and characters of completions, elapsed seconds and memory (MiB) of their programs; those that nobody measured are left out.</summary>
    public ImmutableSortedDictionary<string, Spread> Measures { get; init; } = ImmutableSortedDictionary<string, Spread>.Empty;

    /// <summary>Why completions are not right, the most frequent first.</summary>
    public ImmutableArray<ReasonCount> Reasons { get; init; } = [];

    /// <summary>How many have a reason that is not among these.</summary>
    public long OtherReasons { get; init; }
}

/// <summary>By what lines were graded, and how many.</summary>
/// <param name="By">By what; null where lines do not say.</param>
/// <param name="Items">How many lines.</param>
public sealed record GradedByCount(GradedBy? By, long Items);

/// <summary>What k completions of a problem reach.</summary>
/// <param name="K">How many.</param>
/// <param name="Pass">The chance that one of them is right (<see cref="PassAtK"/>).</param>
/// <param name="Majority">The chance that what most of them answer is right (<see cref="MajorityAtK"/>); null where answers cannot be voted on, as those of programs.</param>
/// <param name="Best">The mean reward of the best (<see cref="BestOfK"/>).</param>
/// <param name="Problems">Over how many problems: those with k scored completions or more.</param>
public sealed record AtK(int K, Interval Pass, Interval? Majority, Interval Best, long Problems);

/// <summary>A column of the rows.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Values">Its values, in order: of numbers where all are.</param>
public sealed record ColumnReport(string Name, ImmutableArray<ValueReport> Values);

/// <summary>The rows with one value of a column.</summary>
/// <param name="Value">The value.</param>
/// <param name="Items">Completions that were scored.</param>
/// <param name="Problems">Problems they are of.</param>
/// <param name="Reward">Their mean reward.</param>
/// <param name="Accuracy">The share that is right.</param>
/// <param name="AtMostK">What the largest k of the report reaches; null where that is 1, or no problem with the value has so many completions.</param>
public sealed record ValueReport(string Value, long Items, long Problems, Interval Reward, Interval Accuracy, AtK? AtMostK);

/// <summary>Rewards from one bound to another.</summary>
/// <param name="Low">The lower bound, which belongs to it.</param>
/// <param name="High">The upper, which belongs to the last alone; the same as the lower where rewards are few numbers.</param>
/// <param name="Items">How many.</param>
public sealed record RewardBin(double Low, double High, long Items);

/// <summary>Lengths of right and of wrong completions.</summary>
/// <param name="Unit">"tokens", or "characters" where tokens were counted of fewer.</param>
/// <param name="Bins">From 0 on; of equal width but for the last, which holds whatever is longer. Numbers within 1%.</param>
public sealed record LengthReport(string Unit, ImmutableArray<LengthBin> Bins);

/// <summary>Lengths from one bound to another.</summary>
/// <param name="Low">The lower bound.</param>
/// <param name="High">The upper, which belongs to it.</param>
/// <param name="Right">How many right completions.</param>
/// <param name="Wrong">How many wrong ones.</param>
public sealed record LengthBin(double Low, double High, double Right, double Wrong);

/// <summary>How a measure spreads; quantiles within 1%.</summary>
/// <param name="Count">How many were measured.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="Median">Half are below.</param>
/// <param name="Ninety">90% are below.</param>
/// <param name="NinetyNine">99% are below.</param>
/// <param name="Most">The largest.</param>
public sealed record Spread(long Count, double Mean, double Median, double Ninety, double NinetyNine, double Most);

/// <summary>Why completions are not right.</summary>
/// <param name="Reason">The reason, with numbers and what stands in quotes left out, so that those of a kind are one.</param>
/// <param name="Items">How many have it.</param>
/// <param name="Share">Of all that are not right, whatever their outcome.</param>
/// <param name="Outcome">Theirs: "scored" for wrong ones, "skipped" or "failed".</param>
public sealed record ReasonCount(string Reason, long Items, double Share, string Outcome);
