namespace RewardServer.Grading.Graders.Code.Generation.Parameters;

/// <summary>
/// A type of a parameter, with the range of its values. A value is null, bool, long, double, string, a JsonElement of a
/// choice, an array of values (a list), or a <see cref="Tagged"/>.
/// </summary>
public abstract record ParameterType
{
    /// <summary>Draws a value.</summary>
    public abstract object? Draw(Draw draw);

    /// <summary>At most how many numbers, texts' characters and the like one value holds.</summary>
    public abstract double Extent(long size);

    /// <summary>At most how many different values there are; infinity where they are not worth counting.</summary>
    public virtual double Different(long size) => double.PositiveInfinity;

    /// <summary>What is wrong with it at a size.</summary>
    public virtual IEnumerable<string> Errors(long size) => [];
}

/// <summary>What a value is drawn with.</summary>
/// <param name="Random">Where chance comes from.</param>
/// <param name="Size">The test's size.</param>
/// <param name="Extreme">Whether an end of every range is wanted.</param>
public sealed record Draw(SeededRandom Random, long Size, Extreme Extreme);

/// <summary>Whether an end of every range is wanted.</summary>
public enum Extreme
{
    /// <summary>Any value.</summary>
    None,

    /// <summary>The least number, the shortest list.</summary>
    Smallest,

    /// <summary>The greatest number, the longest list.</summary>
    Largest,
}

/// <summary>A value that JSON has no form for.</summary>
/// <param name="Tag">What it is: "$tuple", "$set", "$dict".</param>
/// <param name="Items">Its elements; of a dict, its pairs.</param>
public sealed record Tagged(string Tag, object?[] Items);
