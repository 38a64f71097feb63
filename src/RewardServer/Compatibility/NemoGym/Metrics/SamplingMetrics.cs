namespace RewardServer.Compatibility.NemoGym.Metrics;

/// <summary>
/// How right k rollouts of a task are, in per cent and over all tasks, by NeMo-Gym's names: <c>pass@k/accuracy</c> (the chance that one of k
/// is right), <c>pass@1[avg-of-k]/accuracy</c>, <c>majority@k/accuracy</c> (of the answer that most of k give).
/// </summary>
internal static class SamplingMetrics
{
    // A set whose rows tell no task is one task of very many rollouts.
    private const int Most = 256;

    /// <summary>The metrics for every k up to the most rollouts of a task.</summary>
    /// <param name="tasks">The rollouts of each task.</param>
    public static IEnumerable<KeyValuePair<string, double>> Of(IReadOnlyList<IReadOnlyList<GymSample>> tasks)
    {
        var known = tasks.Select(task => task.Where(sample => sample.Accuracy is not null).ToArray()).Where(task => task.Length > 0).ToList();
        var answers = known.Exists(task => Array.Exists(task, sample => sample.HasAnswer));
        for (var k = 1; k <= Math.Min(Most, known.Select(task => task.Length).DefaultIfEmpty().Max()); k++)
        {
            var taken = k;
            yield return Percent($"pass@{k}/accuracy", known.Where(task => task.Length >= taken).Select(task => Pass(task, taken)));
            yield return Percent($"pass@1[avg-of-{k}]/accuracy", known.Select(task => task.Take(taken).Average(sample => sample.Accuracy!.Value)));
            if (answers)
            {
                yield return Percent($"majority@{k}/accuracy", known.Select(task => Majority(task.Take(taken))));
            }
        }
    }

    /// <summary>Of each of these metrics, the one with the highest k.</summary>
    /// <param name="metrics">All of them, in the order of k.</param>
    public static IEnumerable<KeyValuePair<string, double>> Highest(IEnumerable<KeyValuePair<string, double>> metrics) => metrics
        .GroupBy(metric => metric.Key.StartsWith("pass@1[", StringComparison.Ordinal) ? "average" : metric.Key[..metric.Key.IndexOf('@', StringComparison.Ordinal)])
        .Select(group => group.Last());

    // 1 − C(w, k) / C(n, k) where each is right or wrong, as a product that never overflows; else the best of the first k.
    private static double Pass(GymSample[] task, int k)
    {
        if (!Array.TrueForAll(task, sample => sample.Accuracy is 0.0 or 1.0))
        {
            return task.Take(k).Max(sample => sample.Accuracy!.Value);
        }

        var (all, wrong, none) = (task.Length, task.Count(sample => sample.Accuracy is 0.0), 1.0);
        for (var i = 0; i < k; i++)
        {
            none *= Math.Max(0, wrong - i) / (double)(all - i);
        }

        return 1 - none;
    }

    // Where several answers are as frequent, each counts its share; where there is none, it is not right.
    private static double Majority(IEnumerable<GymSample> samples)
    {
        var votes = samples.Where(sample => sample.Answer is not null).GroupBy(sample => (sample.Answer, sample.Accuracy)).ToList();
        var most = votes.Select(vote => vote.Count()).DefaultIfEmpty().Max();
        return votes.Where(vote => vote.Count() == most).Select(vote => vote.Key.Accuracy!.Value).DefaultIfEmpty().Average();
    }

    private static KeyValuePair<string, double> Percent(string name, IEnumerable<double> shares) => new(name, 100 * shares.Average());
}
