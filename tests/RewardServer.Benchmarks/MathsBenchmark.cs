using System.Diagnostics;
using System.Globalization;
using RewardServer.Symbolics.Equivalence;

namespace RewardServer.Benchmarks;

/// <summary>
/// Measures the verifier on one core, from answer text to verdict: distinct pairs whose two texts differ, half of them
/// unequal. The verifier has no cache and no shortcut for identical texts.
/// </summary>
internal static class MathsBenchmark
{
    private const int Rounds = 5;

    public static void Run(string name, IReadOnlyList<MathSample> formulas)
    {
        Measure("GSM8K-like, generated", MathPairs.Numbers());
        Measure(name, formulas);
    }

    private static void Measure(string name, IReadOnlyList<MathSample> samples)
    {
        var rates = new List<double>();
        var microseconds = new double[samples.Count];
        var wrong = 0;
        long allocated = 0;
        // The first round warms up and is not counted.
        for (var round = 0; round <= Rounds; round++)
        {
            wrong = 0;
            var before = GC.GetAllocatedBytesForCurrentThread();
            var clock = Stopwatch.StartNew();
            for (var i = 0; i < samples.Count; i++)
            {
                var start = Stopwatch.GetTimestamp();
                wrong += MathVerifier.Verify(samples[i].Gold, samples[i].Prediction).Equal == samples[i].Equal ? 0 : 1;
                microseconds[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            }

            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            if (round > 0)
            {
                rates.Add(samples.Count / clock.Elapsed.TotalSeconds);
            }
        }

        rates.Sort();
        Array.Sort(microseconds);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            {name}: {samples.Count} pairs, {samples.Count(sample => sample.Equal)} equal, {wrong} wrong
              rate    median {rates[Rounds / 2]:F0} pairs/s (from {rates[0]:F0} to {rates[^1]:F0}, {Rounds} rounds, one thread)
              a pair  p50 {At(microseconds, 0.5):F1} µs, p99 {At(microseconds, 0.99):F1} µs, worst {microseconds[^1] / 1000:F2} ms, {allocated / samples.Count} bytes allocated
            """));
    }

    private static double At(double[] sorted, double share) => sorted[(int)(share * (sorted.Length - 1))];
}
