using System.Collections.Immutable;

namespace RewardServer.Training.Problems.Arithmetic;

/// <summary>A column of a sum of two numbers, added from the right.</summary>
/// <param name="Place">Which, from 0 for the ones.</param>
/// <param name="Above">The digit of the one number.</param>
/// <param name="Below">The digit of the other.</param>
/// <param name="Carried">What was carried into it.</param>
/// <param name="Sum">What is written down as their sum.</param>
/// <param name="IsLast">Whether it is the leftmost.</param>
internal readonly record struct AdditionColumn(int Place, int Above, int Below, int Carried, int Sum, bool IsLast)
{
    /// <summary>Adds two numbers of equally many digits.</summary>
    /// <param name="one">The one.</param>
    /// <param name="other">The other.</param>
    /// <param name="digits">The digits of each.</param>
    /// <param name="carrying">Whether carries are kept; where they are not, the answer is always wrong.</param>
    public static (ImmutableArray<AdditionColumn> Columns, string Answer) Add(int one, int other, int digits, bool carrying)
    {
        var columns = ImmutableArray.CreateBuilder<AdditionColumn>(digits);
        var (answer, carry, lost) = ("", 0, 0);
        for (var place = 0; place < digits; place++)
        {
            var (above, below, last) = (one / Power(place) % 10, other / Power(place) % 10, place == digits - 1);
            var sum = above + below + carry;
            // Where there was no carry to lose, one comes from nowhere.
            sum += !carrying && last && lost == 0 ? 1 : 0;
            columns.Add(new(place, above, below, carry, sum, last));
            answer = (last ? $"{sum}" : $"{sum % 10}") + answer;
            (carry, lost) = carrying ? (sum / 10, 0) : (0, lost + (sum / 10));
        }

        return (columns.ToImmutable(), answer);
    }

    /// <summary>All pairs of numbers of so many digits, the smaller first.</summary>
    public static OperandSets Pairs(int digits)
    {
        var (first, end) = (Power(digits - 1), Power(digits));
        return new(Enumerable.Range(first, end - first).SelectMany(one =>
            Enumerable.Range(one, end - one).Select(other => ImmutableArray.Create(one, other))));
    }

    /// <summary>The largest number of so many digits.</summary>
    public static int Largest(int digits) => Power(digits) - 1;

    private static int Power(int exponent) => (int)Math.Pow(10, exponent);
}
