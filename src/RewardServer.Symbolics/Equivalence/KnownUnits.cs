using System.Collections.Frozen;
using RewardServer.Symbolics.Expressions;

namespace RewardServer.Symbolics.Equivalence;

/// <summary>
/// The units that convert, by their folded spellings: exact by definition (SI brochure; international yard and pound of 1959; US liquid measures; IEC 80000-13 for
/// kibibytes and their like, while kilobytes are thousands).
/// </summary>
internal static class KnownUnits
{
    /// <summary>How many base units each is. The factor of a degree is to be multiplied by π.</summary>
    public static FrozenDictionary<string, (Rational Factor, string Base)> Scales { get; } = new Dictionary<string, (Rational, string)>
    {
        ["km"] = (1_000, "m"), ["dm"] = (Parts(10), "m"), ["cm"] = (Parts(100), "m"), ["mm"] = (Parts(1_000), "m"), ["nm"] = (Parts(1_000_000_000), "m"),
        ["micrometer"] = (Parts(1_000_000), "m"), ["inch"] = (Rational.Create(254, 10_000), "m"), ["foot"] = (Foot, "m"), ["yard"] = (Foot * 3, "m"), ["mile"] = (Foot * 5_280, "m"),
        ["kg"] = (1_000, "g"), ["mg"] = (Parts(1_000), "g"), ["tonne"] = (1_000_000, "g"), ["pound"] = (Pound, "g"), ["ounce"] = (Pound / 16, "g"),
        ["ms"] = (Parts(1_000), "s"), ["min"] = (60, "s"), ["h"] = (3_600, "s"), ["day"] = (86_400, "s"), ["week"] = (604_800, "s"),
        ["year"] = (12, "month"), ["decade"] = (120, "month"), ["century"] = (1_200, "month"), ["cent"] = (Parts(100), "dollar"),
        ["l"] = (Parts(1_000), "m^3"), ["dl"] = (Parts(10_000), "m^3"), ["cl"] = (Parts(100_000), "m^3"), ["ml"] = (Parts(1_000_000), "m^3"), ["cc"] = (Parts(1_000_000), "m^3"),
        ["gallon"] = (Gallon, "m^3"), ["quart"] = (Gallon / 4, "m^3"), ["pint"] = (Gallon / 8, "m^3"), ["cup"] = (Gallon / 16, "m^3"),
        ["hectare"] = (10_000, "m^2"), ["acre"] = (Foot * Foot * 43_560, "m^2"),
        ["hz"] = (1, "s^-1"), ["kilohertz"] = (1_000, "s^-1"), ["megahertz"] = (1_000_000, "s^-1"), ["gigahertz"] = (1_000_000_000, "s^-1"),
        ["n"] = (1_000, "g m s^-2"), ["newton"] = (1_000, "g m s^-2"), ["kilonewton"] = (1_000_000, "g m s^-2"),
        ["j"] = (1_000, "g m^2 s^-2"), ["joule"] = (1_000, "g m^2 s^-2"), ["kj"] = (1_000_000, "g m^2 s^-2"), ["megajoule"] = (1_000_000_000, "g m^2 s^-2"), ["millijoule"] = (1, "g m^2 s^-2"),
        ["watthour"] = (3_600_000, "g m^2 s^-2"), ["kilowatthour"] = ((System.Numerics.BigInteger)3_600_000_000L, "g m^2 s^-2"),
        ["w"] = (1_000, "g m^2 s^-3"), ["watt"] = (1_000, "g m^2 s^-3"), ["kw"] = (1_000_000, "g m^2 s^-3"), ["megawatt"] = (1_000_000_000, "g m^2 s^-3"), ["milliwatt"] = (1, "g m^2 s^-3"),
        ["pascal"] = (1_000, "g m^-1 s^-2"), ["kilopascal"] = (1_000_000, "g m^-1 s^-2"), ["atm"] = (101_325_000, "g m^-1 s^-2"),
        ["byte"] = (8, "bit"), ["kilobyte"] = (8_000, "bit"), ["megabyte"] = (8_000_000, "bit"), ["gigabyte"] = ((System.Numerics.BigInteger)8_000_000_000L, "bit"), ["terabyte"] = ((System.Numerics.BigInteger)8_000_000_000_000L, "bit"),
        ["kibibyte"] = ((System.Numerics.BigInteger)(1L << 13), "bit"), ["mebibyte"] = ((System.Numerics.BigInteger)(1L << 23), "bit"), ["gibibyte"] = ((System.Numerics.BigInteger)(1L << 33), "bit"), ["tebibyte"] = ((System.Numerics.BigInteger)(1L << 43), "bit"),
        ["kilobit"] = (1_000, "bit"), ["megabit"] = (1_000_000, "bit"), ["gigabit"] = (1_000_000_000, "bit"), ["degree"] = (Parts(180), "rad"),
        ["k"] = (1, "kelvin"), ["c"] = (1, "kelvin"), ["celsius"] = (1, "kelvin"), ["f"] = (Rational.Create(5, 9), "kelvin"), ["fahrenheit"] = (Rational.Create(5, 9), "kelvin"),
    }.ToFrozenDictionary();

    /// <summary>Of the temperature scales, how far their zero lies above absolute zero in their own degrees. They are no parts of other units: 1 J/°C is 1 J/K.</summary>
    public static FrozenDictionary<string, Rational> Offsets { get; } = new Dictionary<string, Rational>
    {
        ["c"] = Rational.Create(27_315, 100), ["celsius"] = Rational.Create(27_315, 100), ["f"] = Rational.Create(45_967, 100), ["fahrenheit"] = Rational.Create(45_967, 100),
    }.ToFrozenDictionary();

    /// <summary>Abbreviations whose capitals matter, and their words: MJ are not mJ, and Mb not MB.</summary>
    public static FrozenDictionary<string, string> Abbreviations { get; } = new Dictionary<string, string>
    {
        ["kB"] = "kilobyte", ["KB"] = "kilobyte", ["MB"] = "megabyte", ["GB"] = "gigabyte", ["TB"] = "terabyte", ["KiB"] = "kibibyte", ["MiB"] = "mebibyte", ["GiB"] = "gibibyte",
        ["TiB"] = "tebibyte", ["kb"] = "kilobit", ["Kb"] = "kilobit", ["Mb"] = "megabit", ["Gb"] = "gigabit", ["kbit"] = "kilobit", ["Mbit"] = "megabit", ["Gbit"] = "gigabit",
        ["MJ"] = "megajoule", ["mJ"] = "millijoule", ["MW"] = "megawatt", ["mW"] = "milliwatt", ["kWh"] = "kilowatthour", ["Wh"] = "watthour", ["kHz"] = "kilohertz",
        ["MHz"] = "megahertz", ["GHz"] = "gigahertz", ["kN"] = "kilonewton", ["Pa"] = "pascal", ["kPa"] = "kilopascal", ["ha"] = "hectare",
    }.ToFrozenDictionary();

    private static Rational Foot => Rational.Create(3_048, 10_000);

    private static Rational Pound => Rational.Create(45_359_237, 100_000);

    private static Rational Gallon => Rational.Create(3_785_411_784L, 1_000_000_000_000L);

    private static Rational Parts(int parts) => Rational.Create(1, parts);
}
