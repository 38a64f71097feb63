using System.Numerics;

namespace RewardServer.Symbolics.Evaluation;

/// <summary>
/// Elementary functions of numbers in units of 2^−bits, by their power series. Arguments are reduced by the caller; the errors are some
/// units for each term, below 2^24 units in all for every precision that is used, which the caller's guard bits cover.
/// </summary>
internal static class FixedPoint
{
    /// <summary>Bits of the constants.</summary>
    public const int MostBits = 1 << 13;

    private const int Halvings = 8;

    // Machin's formula, and ln 2 = 2·artanh(1/3).
    private static readonly BigInteger PiAtMost = (16 * InverseTangentOfInverse(5)) - (4 * InverseTangentOfInverse(239));
    private static readonly BigInteger LogarithmOf2AtMost = 2 * HyperbolicArea((BigInteger.One << MostBits) / 3, MostBits);

    public static BigInteger Pi(int bits) => PiAtMost >> (MostBits - bits);

    public static BigInteger LogarithmOf2(int bits) => LogarithmOf2AtMost >> (MostBits - bits);

    /// <summary>The integer square root, rounded down.</summary>
    public static BigInteger SquareRoot(BigInteger number)
    {
        if (number.Sign <= 0)
        {
            return BigInteger.Zero;
        }

        var shift = (int)Math.Max(0, (number.GetBitLength() - 104) / 2);
        var guess = (BigInteger)(Math.Sqrt((double)(number >> (2 * shift))) + 1) << shift;
        // One step of Newton's from any side lands above the root; from there it only descends.
        guess = ((guess + (number / guess)) >> 1) + 1;
        for (var next = (guess + (number / guess)) >> 1; next < guess; next = (guess + (number / guess)) >> 1)
        {
            guess = next;
        }

        return guess;
    }

    /// <summary>e^x for |x| below 1.</summary>
    public static BigInteger Exponential(BigInteger x, int bits)
    {
        var one = BigInteger.One << bits;
        var (sum, term) = (one, one);
        x >>= Halvings;
        for (var n = 1; !term.IsZero; n++)
        {
            term = ((term * x) >> bits) / n;
            sum += term;
        }

        for (var i = 0; i < Halvings; i++)
        {
            sum = (sum * sum) >> bits;
        }

        return sum;
    }

    /// <summary>sin x and cos x for |x| below 1.</summary>
    public static (BigInteger Sine, BigInteger Cosine) SineAndCosine(BigInteger x, int bits)
    {
        var square = (x * x) >> bits;
        return (Alternating(x, square, 1, bits), Alternating(BigInteger.One << bits, square, 0, bits));
    }

    /// <summary>artanh x for |x| well below 1.</summary>
    public static BigInteger HyperbolicArea(BigInteger x, int bits) => OddPowers(x, bits, alternating: false);

    /// <summary>arctan x for |x| at most 1.</summary>
    public static BigInteger InverseTangent(BigInteger x, int bits)
    {
        var one = BigInteger.One << bits;
        for (var i = 0; i < 3; i++)
        {
            // arctan x = 2·arctan(x / (1 + √(1 + x²)))
            x = (x << bits) / (one + SquareRoot((one * one) + (x * x)));
        }

        return OddPowers(x, bits, alternating: true) << 3;
    }

    private static BigInteger Alternating(BigInteger first, BigInteger square, int start, int bits)
    {
        var (sum, term) = (first, first);
        for (var n = start; !term.IsZero; n += 2)
        {
            term = -((term * square) >> bits) / ((n + 1) * (n + 2));
            sum += term;
        }

        return sum;
    }

    private static BigInteger OddPowers(BigInteger x, int bits, bool alternating)
    {
        var (sum, power) = (BigInteger.Zero, BigInteger.Abs(x));
        var square = (x * x) >> bits;
        for (var n = 1; !power.IsZero; n += 2)
        {
            sum += alternating && (n & 2) != 0 ? -(power / n) : power / n;
            power = (power * square) >> bits;
        }

        return x.Sign < 0 ? -sum : sum;
    }

    private static BigInteger InverseTangentOfInverse(int divisor)
    {
        var (sum, power) = (BigInteger.Zero, (BigInteger.One << MostBits) / divisor);
        for (var n = 1; !power.IsZero; n += 2)
        {
            sum += (n & 2) != 0 ? -(power / n) : power / n;
            power /= divisor * divisor;
        }

        return sum;
    }
}
