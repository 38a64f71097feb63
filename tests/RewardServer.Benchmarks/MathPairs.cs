using System.Globalization;

namespace RewardServer.Benchmarks;

/// <summary>A pair of texts, and whether they are the same answer.</summary>
internal sealed record MathSample(string Gold, string Prediction, bool Equal);

/// <summary>Makes distinct pairs whose texts differ; the first half of each two is equal, the second is not.</summary>
internal static class MathPairs
{
    private const int Count = 20_000;

    /// <summary>Numbers as word problems have them: integers, thousands, decimals, money, units, percent, fractions.</summary>
    public static IReadOnlyList<MathSample> Numbers()
    {
        var random = new Random(20261122);
        return Distinct(() =>
        {
            var value = random.Next(2, random.Next(3) == 0 ? 3_000_000 : 3000);
            var gold = value.ToString(CultureInfo.InvariantCulture);
            var other = random.Next(2) == 0 ? value : value + random.Next(1, 9);
            return new(gold, InWords(other, random), other == value);
        });
    }

    /// <summary>Formulas as competition problems have them.</summary>
    public static IReadOnlyList<MathSample> Formulas()
    {
        var random = new Random(20261122);
        return Distinct(() =>
        {
            var (a, b, c) = (random.Next(1, 90), random.Next(91, 180), random.Next(2, 40));
            var (gold, same) = Formula(random.Next(8), a, b, c);
            return random.Next(2) == 0
                ? new(gold, Restyled(same, random), true)
                : new(gold, Restyled(Formula(random.Next(8), a + 1, b + 1, c + 1).Gold, random), false);
        });
    }

    /// <summary>Each gold against itself in another writing, and against the next that differs.</summary>
    public static IReadOnlyList<MathSample> Of(IReadOnlyList<string> golds)
    {
        var random = new Random(20261122);
        var distinct = golds.Distinct().ToArray();
        return [.. distinct.SelectMany((gold, i) => new MathSample[]
        {
            new(gold, Restyled(gold, random), true),
            new(gold, distinct[(i + 1) % distinct.Length], false),
        })];
    }

    private static IReadOnlyList<MathSample> Distinct(Func<MathSample> draw)
    {
        var samples = new HashSet<MathSample>();
        while (samples.Count < Count)
        {
            var sample = draw();
            if (sample.Gold != sample.Prediction)
            {
                samples.Add(sample);
            }
        }

        return [.. samples];
    }

    private static string InWords(int value, Random random)
    {
        var plain = value.ToString(CultureInfo.InvariantCulture);
        var grouped = value.ToString("N0", CultureInfo.InvariantCulture);
        return random.Next(7) switch
        {
            0 => $"${grouped}",
            1 => $"{plain}.00",
            2 => $@"\frac{{{2L * value}}}{{2}}",
            3 => $@"{plain} \text{{ dollars}}",
            4 => grouped.Replace(",", "{,}", StringComparison.Ordinal) + ".0",
            5 => $"{plain} apples",
            _ => $"${plain}$",
        };
    }

    private static (string Gold, string Same) Formula(int kind, int a, int b, int c) => kind switch
    {
        0 => ($@"\frac{{{a}}}{{{b}}}", $"{2 * a}/{2 * b}"),
        1 => ($@"{a}\sqrt{{{b}}}", $@"\sqrt{{{a * a * b}}}"),
        2 => ($"({a}, {b}, {c})", $@"\left({a}, {b}, {c}\right)"),
        3 => ($@"\frac{{{a}+\sqrt{{{b}}}}}{{{c}}}", $@"\frac{{{a}}}{{{c}}}+\frac{{1}}{{{c}}}\sqrt{{{b}}}"),
        4 => ($"(x+{a})(x-{b})", $"x^2+{a - b}x-{a * b}".Replace("+-", "-", StringComparison.Ordinal)),
        5 => ($@"\frac{{{a}\pi}}{{{b}}}", $@"\frac{{{a}}}{{{b}}}\pi"),
        6 => ($@"[{a}, {a + b}) \cup ({a + b + c}, \infty)", $@"\left[{a},{a + b}\right) \cup \left({a + b + c},\infty\right)"),
        _ => ($@"y = {a}x + {b}", $@"{c}y = {a * c}x + {b * c}"),
    };

    private static string Restyled(string text, Random random) => random.Next(4) switch
    {
        0 => $"${text}$",
        1 => $@"\({text.Replace(@"\frac", @"\dfrac", StringComparison.Ordinal)}\)",
        2 => $" {text.Replace("+", " + ", StringComparison.Ordinal)} ",
        _ => $@"\displaystyle {text.Replace(@"\frac", @"\tfrac", StringComparison.Ordinal)}.",
    };
}
