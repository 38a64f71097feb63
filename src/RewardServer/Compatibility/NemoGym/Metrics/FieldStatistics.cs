namespace RewardServer.Compatibility.NemoGym.Metrics;

/// <summary>What is told of each number over several rollouts, by NeMo-Gym's names: <c>mean/reward</c> (nemo_gym/reward_profile.py).</summary>
internal static class FieldStatistics
{
    /// <summary>Before the names of means.</summary>
    public const string Mean = "mean/";

    /// <summary>Mean, highest, lowest, median and standard deviation (that of a sample, with n − 1) of every number; of numbers too large for one, none.</summary>
    /// <param name="samples">The rollouts; at least one.</param>
    public static IEnumerable<KeyValuePair<string, double>> Of(IReadOnlyCollection<GymSample> samples) => samples
        .SelectMany(sample => sample.Numbers)
        .GroupBy(number => number.Key, number => number.Value, StringComparer.Ordinal)
        .SelectMany(field => Of(field.Key, [.. field.Order()], samples.Count == 1))
        .Where(metric => double.IsFinite(metric.Value));

    private static IEnumerable<KeyValuePair<string, double>> Of(string field, double[] values, bool isAlone)
    {
        var mean = values.Average();
        yield return new(Mean + field, mean);
        yield return new($"max/{field}", values[^1]);
        yield return new($"min/{field}", values[0]);
        yield return new($"median/{field}", (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2);

        // Of one rollout alone it is 0; of one among others that lack the number, it is unknown.
        if (values.Length > 1 || isAlone)
        {
            yield return new($"std/{field}", Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / Math.Max(1, values.Length - 1)));
        }
    }
}
