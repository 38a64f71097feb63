using System.Diagnostics;
using System.Globalization;
using RewardServer.Symbolics.Equivalence;

namespace RewardServer.Benchmarks;

/// <summary>Measures what inputs meant to hang or swell the verifier cost: median time and allocation of one comparison on one core.</summary>
internal static class HostileBenchmark
{
    private const int Rounds = 9;

    private static readonly (string Name, string Text)[] Inputs =
    [
        ("10^{10^{10}}", "10^{10^{10}}"),
        ("2^{999999999}", "2^{999999999}"),
        ("1000000!", "1000000!"),
        ("tower of 60 nines", string.Concat(Enumerable.Repeat("9^{", 60)) + "9" + new string('}', 60)),
        ("100,000 nested braces", new string('{', 100_000) + "1" + new string('}', 100_000)),
        ("100,000 nested parentheses", new string('(', 100_000) + "1" + new string(')', 100_000)),
        ("120 nested roots", string.Concat(Enumerable.Repeat(@"\sqrt{2+", 120)) + "1" + new string('}', 120)),
        ("1 MB of digits", new string('7', 1 << 20)),
        ("1 MB of text", string.Concat(Enumerable.Repeat("so x = 1 and ", 80_000))),
        ("4,900 digits", new string('7', 4_900)),
        ("(x+1)^{5000}", "(x+1)^{5000}"),
        ("(a+b+c+d+e)^{40}", "(a+b+c+d+e)^{40}"),
        ("deep sums", @"\sum_{i=1}^{1000}\sum_{j=1}^{1000}\sum_{k=1}^{1000} \frac{ij}{k}"),
        ("a sum of a million terms", @"\sum_{k=1}^{1000000} \frac{1}{k}"),
        ("roots of the primes to 97", string.Join("+", new[] { 2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97 }.Select(p => $@"\sqrt{{{p}}}"))),
        ("its reciprocal", @"\frac{1}{" + string.Join("+", new[] { 2, 3, 5, 7, 11, 13, 17, 19 }.Select(p => $@"\sqrt{{{p}}}")) + "}"),
        ("\\sin 10^{300}", @"\sin(10^{300})"),
        ("a list of 1,000 numbers", string.Join(", ", Enumerable.Range(1, 1_000))),
        ("a product of 200 sines", string.Concat(Enumerable.Range(1, 200).Select(k => $@"\sin({k}x)"))),
        ("\\binom{100000}{50000}", @"\binom{100000}{50000}"),
        ("continued fraction, 100 deep", string.Concat(Enumerable.Repeat(@"\frac{1}{x+", 100)) + "1" + new string('}', 100)),
        ("degree 40 inequality", "x^{40}-3x^{39}+7x^{21}-x^3+1>0"),
    ];

    public static void Run()
    {
        foreach (var (name, text) in Inputs)
        {
            var milliseconds = new double[Rounds];
            long allocated = 0;
            MathVerdict? verdict = null;
            for (var round = 0; round < Rounds; round++)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                var start = Stopwatch.GetTimestamp();
                // Against another writing of itself, so that both are read and compared; then against a number.
                verdict = MathVerifier.Verify(text, $"${text}$");
                _ = MathVerifier.Verify("5", text);
                milliseconds[round] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            }

            Array.Sort(milliseconds);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{name,-32} median {milliseconds[Rounds / 2],6:F2} ms, worst {milliseconds[^1],6:F2} ms, {allocated / 1048576.0,5:F1} MB allocated in two comparisons; against itself: {verdict!.Equal?.ToString() ?? "skipped"}"));
        }
    }
}
