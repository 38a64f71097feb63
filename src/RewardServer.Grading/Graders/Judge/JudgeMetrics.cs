using System.Diagnostics.Metrics;

namespace RewardServer.Grading.Graders.Judge;

/// <summary>What the judges tell of their work, under the meter "RewardServer.Judges".</summary>
public static class JudgeMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "RewardServer.Judges";

    private static readonly Meter Meter = new(MeterName);
    private static readonly Counter<long> Requests = Meter.CreateCounter<long>("judge.requests", "{request}", "Requests to judges, by judge; each try counts.");
    private static readonly Counter<long> Failures = Meter.CreateCounter<long>("judge.failures", "{request}", "Requests that brought no score, by judge and sort of fault.");
    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("judge.request.duration", "s", "How long judges took to answer.");
    private static readonly Counter<long> Comparisons = Meter.CreateCounter<long>("judge.comparisons", "{item}", "Items that a rule decided and a judge was asked about, too.");
    private static readonly Counter<long> Disagreements = Meter.CreateCounter<long>("judge.disagreements", "{item}", "Those of them on which the judge disagreed with the rule.");

    internal static void Count(string judge, string? fault, TimeSpan took)
    {
        Requests.Add(1, new KeyValuePair<string, object?>("judge", judge));
        Duration.Record(took.TotalSeconds, new KeyValuePair<string, object?>("judge", judge));
        if (fault is not null)
        {
            CountFailure(judge, fault);
        }
    }

    internal static void CountFailure(string judge, string fault) => Failures.Add(1, new("judge", judge), new("error.type", fault));

    internal static void CountComparison(string judge, bool agrees)
    {
        Comparisons.Add(1, new KeyValuePair<string, object?>("judge", judge));
        if (!agrees)
        {
            Disagreements.Add(1, new KeyValuePair<string, object?>("judge", judge));
        }
    }
}
