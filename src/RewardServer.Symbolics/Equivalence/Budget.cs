namespace RewardServer.Symbolics.Equivalence;

/// <summary>
/// Counts the steps of one reading or comparison. It never runs backwards and has no clock, so that the same input is cut off at the
/// same place on every machine. Work that finds it exhausted returns anything at once; who asked looks at <see cref="Exhausted"/>
/// before believing the result.
/// </summary>
internal sealed class Budget(int steps)
{
    private int _left = steps;

    /// <summary>Whether the work was cut off.</summary>
    public bool Exhausted => _left < 0;

    /// <summary>Whether numbers were taken as equal on the evidence of their values: a verdict that rests on them is no exact one.</summary>
    public bool RestsOnValues { get; set; }

    /// <summary>Takes steps; false once there are none left.</summary>
    public bool Spend(long steps = 1)
    {
        _left = steps > _left ? -1 : _left - (int)steps;
        return _left >= 0;
    }

    /// <summary>Takes what arithmetic on a number of so many bits costs; numbers over the limit exhaust it at once.</summary>
    public bool SpendOnNumber(long bits)
    {
        // Multiplication and greatest common divisors are quadratic in words of 64 bits.
        var words = bits >> 6;
        return bits > Limits.NumberBits ? Exhaust() : Spend(1 + words + (words * words >> 4));
    }

    /// <summary>Takes what multiplying a number of so many bits by a short one costs.</summary>
    public bool SpendOnGrowth(long bits) => bits > Limits.NumberBits ? Exhaust() : Spend(1 + (bits >> 12));

    /// <summary>
    /// Does work that may fail on at most so many of the steps: what it takes is charged here, but where it finds no end there are steps left for another way.
    /// </summary>
    public T? Try<T>(int steps, Func<Budget, T?> work)
        where T : struct
    {
        var part = new Budget(Math.Min(steps, Math.Max(0, _left)));
        var result = work(part);
        Spend(Math.Min(steps, _left) - Math.Max(0, part._left));
        RestsOnValues |= part.RestsOnValues;
        return part.Exhausted ? null : result;
    }

    /// <summary>Ends the work: a size limit was met.</summary>
    public bool Exhaust()
    {
        _left = -1;
        return false;
    }
}
