namespace RewardServer.Training.Recipes.Reading;

/// <summary>The numbers that a member may be.</summary>
/// <param name="Least">The least.</param>
/// <param name="Most">The most.</param>
/// <param name="Above">Whether the least itself is too little.</param>
internal readonly record struct Bounds(double Least, double Most = double.PositiveInfinity, bool Above = false)
{
    /// <summary>0 or more.</summary>
    public static readonly Bounds NotNegative = new(0);

    /// <summary>More than 0.</summary>
    public static readonly Bounds Positive = new(0, Above: true);

    /// <summary>1 or more.</summary>
    public static readonly Bounds FromOne = new(1);

    /// <summary>From 0 to 1.</summary>
    public static readonly Bounds Share = new(0, 1);

    /// <summary>Whether a number lies within.</summary>
    public bool Hold(double value) => value <= Most && (Above ? value > Least : value >= Least);

    /// <summary>What is demanded of a number that does not lie within.</summary>
    public string Demand(double value) => (Above, Most) switch
    {
        (true, < int.MaxValue) => $"above {Least} and at most {Most}",
        (false, < int.MaxValue) => $"from {Least} to {Most}",
        _ when value > Most => $"at most {Most}",
        (true, _) => $"above {Least}",
        _ => $"at least {Least}",
    };
}
