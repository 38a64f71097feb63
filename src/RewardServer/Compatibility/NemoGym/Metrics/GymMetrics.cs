using System.Text.Json;

namespace RewardServer.Compatibility.NemoGym.Metrics;

/// <summary>Makes metrics of the rollouts of an evaluation, as NeMo-Gym's own servers do (nemo_gym/reward_profile.py).</summary>
internal static class GymMetrics
{
    /// <summary>The metrics.</summary>
    /// <param name="rows">Answers of <c>/verify</c>; may be none.</param>
    public static GymMetricsResponse Of(IEnumerable<Dictionary<string, JsonElement>> rows)
    {
        var tasks = rows.Select(GymSample.Of).GroupBy(sample => sample.Task).OrderBy(task => task.Key)
            .Select(task => task.OrderBy(sample => sample.Rollout).ToList()).ToList();
        if (tasks.Count == 0)
        {
            return new([], new Dictionary<string, double>(), new Dictionary<string, double>());
        }

        var all = FieldStatistics.Of([.. tasks.SelectMany(task => task)]).ToList();
        // What is too large for a number, JSON cannot have.
        var sampling = SamplingMetrics.Of(tasks).Where(metric => double.IsFinite(metric.Value)).ToList();
        return new(
            [.. tasks.Select(OfTask)],
            Named(all.Concat(sampling)),
            Named(all.Where(metric => metric.Key.StartsWith(FieldStatistics.Mean, StringComparison.Ordinal)).Concat(SamplingMetrics.Highest(sampling))));
    }

    private static Dictionary<string, object> OfTask(List<GymSample> task)
    {
        var metrics = FieldStatistics.Of(task).ToDictionary(metric => metric.Key, metric => (object)metric.Value, StringComparer.Ordinal);
        metrics[GymSample.TaskIndex] = task[0].Task;
        metrics["num_rollouts"] = task.Count;
        metrics["expected_num_rollouts"] = task.Count;
        metrics["missing_num_rollouts"] = 0;
        metrics["reward_profile_completion_pct"] = 100.0;
        metrics["rollout_infos"] = task.Select(OfRollout).ToList();
        return metrics;
    }

    private static Dictionary<string, object> OfRollout(GymSample sample)
    {
        var rollout = sample.Numbers.ToDictionary(number => number.Key, number => (object)number.Value, StringComparer.Ordinal);
        rollout["rollout_id"] = FormattableString.Invariant($"{sample.Task}:{sample.Rollout}");
        rollout[GymSample.TaskIndex] = sample.Task;
        rollout[GymSample.RolloutIndex] = sample.Rollout;
        return rollout;
    }

    private static Dictionary<string, double> Named(IEnumerable<KeyValuePair<string, double>> metrics) => new(metrics, StringComparer.Ordinal);
}
