namespace RewardServer.Symbolics.Equivalence;

/// <summary>The size limits, all in one place. An answer that meets one is over budget.</summary>
internal static class Limits
{
    /// <summary>Characters of one text.</summary>
    public const int TextLength = 5_000;

    /// <summary>Levels of nesting in one text. Parentheses take two; the parser's recursion is some ten frames a level.</summary>
    public const int Depth = 128;

    /// <summary>Digits of a numeral as written.</summary>
    public const int NumeralDigits = 5_000;

    /// <summary>Bits of a numerator or denominator in between (some 10,000 digits).</summary>
    public const int NumberBits = 1 << 15;

    /// <summary>Terms of one polynomial.</summary>
    public const int Terms = 4_000;

    /// <summary>Steps to bring one answer to its canonical form, and to compare two: some hundreds of nanoseconds each.</summary>
    public const int Steps = 30_000;
}
