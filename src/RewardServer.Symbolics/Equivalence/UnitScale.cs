using System.Globalization;
using RewardServer.Symbolics.Expressions;

namespace RewardServer.Symbolics.Equivalence;

/// <summary>
/// What a unit measures and how large it is. A word that no table knows measures a thing of its own, so that 5 apples are 5 apples and
/// nothing else. Units convert within a dimension: 1 h is 60 min, 36 km/h is 10 m/s, 180° is π rad, 25 °C is 77 °F.
/// </summary>
/// <param name="Factor">How many base units it is, but for powers of π.</param>
/// <param name="Dimension">The base units with their powers, spelt one way only.</param>
/// <param name="PiPower">The power of π that the factor is to be multiplied with.</param>
internal sealed record UnitScale(Rational Factor, string Dimension, int PiPower)
{
    /// <summary>How far the zero of a temperature scale lies above absolute zero, in its own degrees.</summary>
    public Rational Offset { get; init; } = Rational.Zero;

    /// <summary>The scale of a unit in its folded spelling.</summary>
    public static UnitScale Of(Unit unit)
    {
        if (KnownUnits.Offsets.TryGetValue(unit.Folded, out var offset))
        {
            return new(KnownUnits.Scales[unit.Folded].Factor, "kelvin^1", 0) { Offset = offset };
        }

        var powers = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var (factor, pi, sign) = (Rational.One, 0, 1);
        foreach (var part in unit.Folded.Split('/'))
        {
            foreach (var (word, power) in part.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(WithPower))
            {
                var (scale, parts) = KnownUnits.Scales.TryGetValue(word, out var known) ? known : (Rational.One, word);
                factor *= scale.Pow(sign * power);
                pi += word == Unit.Degree.Folded ? sign * power : 0;
                AddPowers(powers, parts, sign * power);
            }

            sign = -1;
        }

        return new(factor, string.Join(' ', powers.Where(p => p.Value != 0).Select(p => $"{p.Key}^{p.Value}")), pi);
    }

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
