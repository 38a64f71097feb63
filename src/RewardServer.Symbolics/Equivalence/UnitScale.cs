using System.Collections.Frozen;
using System.Globalization;
using RewardServer.Symbolics.Expressions;

namespace RewardServer.Symbolics.Equivalence;

/// <summary>
/// What a unit measures and how large it is. A word that no table knows measures a thing of its own, so that 5 apples are 5 apples and
/// nothing else. Units convert within a dimension: 1 h is 60 min, 36 km/h is 10 m/s.
/// </summary>
/// <param name="Factor">How many base units it is.</param>
/// <param name="Dimension">The base units with their powers, spelt one way only.</param>
internal sealed record UnitScale(Rational Factor, string Dimension)
{
    private static readonly FrozenDictionary<string, (Rational Factor, string Base)> Known = new Dictionary<string, (Rational, string)>
    {
        ["km"] = (1_000, "m"), ["dm"] = (Parts(10), "m"), ["cm"] = (Parts(100), "m"), ["mm"] = (Parts(1_000), "m"), ["nm"] = (Parts(1_000_000_000), "m"),
        ["inch"] = (Rational.Create(254, 10_000), "m"), ["foot"] = (Rational.Create(3_048, 10_000), "m"), ["yard"] = (Rational.Create(9_144, 10_000), "m"),
        ["mile"] = (Rational.Create(1_609_344, 1_000), "m"), ["kg"] = (1_000, "g"), ["mg"] = (Parts(1_000), "g"),
        ["pound"] = (Rational.Create(45_359_237, 100_000), "g"), ["ounce"] = (Rational.Create(45_359_237, 1_600_000), "g"), ["ms"] = (Parts(1_000), "s"),
        ["min"] = (60, "s"), ["h"] = (3_600, "s"), ["day"] = (86_400, "s"), ["week"] = (604_800, "s"), ["year"] = (12, "month"), ["cent"] = (Parts(100), "dollar"),
        ["l"] = (Parts(1_000), "m^3"), ["ml"] = (Parts(1_000_000), "m^3"), ["hz"] = (1, "s^-1"), ["n"] = (1_000, "g m s^-2"), ["j"] = (1_000, "g m^2 s^-2"),
        ["w"] = (1_000, "g m^2 s^-3"), ["kw"] = (1_000_000, "g m^2 s^-3"), ["kj"] = (1_000_000, "g m^2 s^-2"),
    }.ToFrozenDictionary();

    /// <summary>The scale of a unit in its folded spelling.</summary>
    public static UnitScale Of(Unit unit)
    {
        var powers = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var factor = Rational.One;
        var sign = 1;
        foreach (var part in unit.Folded.Split('/'))
        {
            foreach (var (word, power) in part.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(WithPower))
            {
                var (scale, parts) = Known.TryGetValue(word, out var known) ? known : (Rational.One, word);
                factor *= scale.Pow(sign * power);
                AddPowers(powers, parts, sign * power);
            }

            sign = -1;
        }

        return new(factor, string.Join(' ', powers.Where(p => p.Value != 0).Select(p => $"{p.Key}^{p.Value}")));
    }

    private static Rational Parts(int parts) => Rational.Create(1, parts);

    private static void AddPowers(SortedDictionary<string, int> powers, string parts, int power)
    {
        foreach (var (word, own) in parts.Split(' ').Select(WithPower))
        {
            powers[word] = powers.GetValueOrDefault(word) + (own * power);
        }
    }

    private static (string Word, int Power) WithPower(string word)
    {
        var mark = word.IndexOf('^', StringComparison.Ordinal);
        return mark > 0 && int.TryParse(word.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var power) && power is > -10 and < 10
            ? (word[..mark], power) : (word, 1);
    }
}
