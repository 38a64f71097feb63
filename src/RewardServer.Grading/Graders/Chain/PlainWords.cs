using System.Collections.Frozen;

namespace RewardServer.Grading.Graders.Chain;

/// <summary>The words of a plain line that matter to where a side begins and ends.</summary>
internal static class PlainWords
{
    private static readonly FrozenSet<string> Functions = Of("sin cos tan cot log ln exp sqrt gcd lcm max min abs mod pi floor ceil");

    private static readonly FrozenSet<string> Units = Of(
        "km m cm mm mi ft in yd kg g mg lb oz l ml s ms sec min h hr kmh mph hour hours minute minutes second seconds day days week weeks month months year years "
        + "dollar dollars cent cents euro euros percent meter meters metre metres inch inches foot feet mile miles yard yards gram grams kilogram kilograms pound pounds "
        + "liter liters litre litres degree degrees kb mb gb kmph");

    // What may stand before a side, or behind it, and belong to it.
    private static readonly FrozenSet<string> Arithmetic = Of(
        "of plus minus times by and over than to from per twice double triple half thrice third quarter dozen squared cubed root cube log negative divided multiplied "
        + "hundred thousand million billion trillion mod modulo choose factorial remainder point or thirds quarters halves more less between with r raised power "
        + "mal durch fois moins sur par de por más menos entre y et und von");

    private static readonly FrozenSet<string> Connectives = Of(
        "and or so then if where since because for but which is are as when thus hence therefore by from using gives we that implies means let now also while whereas otherwise "
        + "und oder also et ou donc y luego");

    /// <summary>A word that leads from one statement to the next.</summary>
    public static bool IsConnective(string word) => Connectives.Contains(word.ToLowerInvariant());

    /// <summary>The name of a function or constant, which is part of a side.</summary>
    public static bool IsFunction(string word) => Functions.Contains(word);

    /// <summary>A unit, which is part of a side where it follows a number.</summary>
    public static bool IsUnit(string word) => Units.Contains(word.ToLowerInvariant());

    /// <summary>A word that does arithmetic on what follows or precedes it.</summary>
    public static bool IsArithmetic(string word) => Arithmetic.Contains(word.ToLowerInvariant());

    private static FrozenSet<string> Of(string words) => words.Split(' ').ToFrozenSet();
}
