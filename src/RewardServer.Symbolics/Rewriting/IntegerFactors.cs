using System.Numerics;
using RewardServer.Symbolics.Equivalence;

namespace RewardServer.Symbolics.Rewriting;

/// <summary>Factors positive integers by trial division, as far as the budget of a comparison goes.</summary>
internal static class IntegerFactors
{
    private const int LargestDivisor = 5_000;

    /// <summary>Below this, what has no divisor is prime.</summary>
    public const int LargestProven = LargestDivisor * LargestDivisor;

    private static readonly int[] Primes = Sieve();

    /// <summary>
    /// The factors and their multiplicities. A factor that is left over without small divisors stands as it is (or as the base of the
    /// perfect power that it is): then equal radicals may go unrecognised, and different ones still never pass for equal.
    /// </summary>
    public static List<(BigInteger Base, int Multiplicity)> Of(BigInteger number, Budget budget)
    {
        var factors = new List<(BigInteger, int)>();
        foreach (var prime in Primes)
        {
            if (number.IsOne || !SpendOnDivision(number, budget))
            {
                break;
            }

            if ((BigInteger)prime * prime > number)
            {
                factors.Add((number, 1));
                return factors;
            }

            var multiplicity = 0;
            for (; (number % prime).IsZero && !budget.Exhausted; multiplicity++)
            {
                number /= prime;
                SpendOnDivision(number, budget);
            }

            if (multiplicity > 0)
            {
                factors.Add((prime, multiplicity));
            }
        }

        if (!number.IsOne)
        {
            factors.Add(PerfectPower(number, budget));
        }

        return factors;
    }

    // Division by a short number is linear.
    private static bool SpendOnDivision(BigInteger number, Budget budget) => budget.Spend(1 + (number.GetBitLength() >> 9));

    private static (BigInteger Base, int Multiplicity) PerfectPower(BigInteger number, Budget budget)
    {
        foreach (var exponent in new[] { 2, 3, 5, 7 })
        {
            budget.Spend(number.GetBitLength());
            var root = Root(number, exponent, budget);
            if (BigInteger.Pow(root, exponent) == number)
            {
                var (inner, multiplicity) = PerfectPower(root, budget);
                return (inner, multiplicity * exponent);
            }
        }

        return (number, 1);
    }

    // Newton's iteration for the integer root, from above.
    private static BigInteger Root(BigInteger number, int exponent, Budget budget)
    {
        var guess = BigInteger.One << (int)((number.GetBitLength() / exponent) + 1);
        while (budget.SpendOnNumber(number.GetBitLength()))
        {
            var next = (((exponent - 1) * guess) + (number / BigInteger.Pow(guess, exponent - 1))) / exponent;
            if (next >= guess)
            {
                break;
            }

            guess = next;
        }

        return guess;
    }

    private static int[] Sieve()
    {
        var composite = new bool[LargestDivisor];
        var primes = new List<int>();
        for (var i = 2; i < LargestDivisor; i++)
        {
            if (!composite[i])
            {
                primes.Add(i);
            }

            for (var j = i * i; !composite[i] && j < LargestDivisor; j += i)
            {
                composite[j] = true;
            }
        }

        return [.. primes];
    }
}
