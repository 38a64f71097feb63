using System.Collections.Immutable;
using System.Text.Json;

namespace RewardServer.Grading.Graders.Code.Generation.Parameters;

/// <summary>A whole number.</summary>
/// <param name="Range">In which it is.</param>
internal sealed record IntType(BoundRange Range) : ParameterType
{
    public override object Draw(Draw draw) => Range.Draw(draw);

    public override double Extent(long size) => 1;

    public override double Different(long size) => Range.Count(size);

    public override IEnumerable<string> Errors(long size) => Range.Errors(size);
}

/// <summary>A number with a fraction: one of a million and one that divide the range evenly.</summary>
/// <param name="Range">In which it is.</param>
internal sealed record FloatType(BoundRange Range) : ParameterType
{
    private const long Steps = 1_000_000;

    public override object Draw(Draw draw)
    {
        var (least, most) = (Range.Least.At(draw.Size), Range.Most.At(draw.Size));
        return draw.Extreme switch
        {
            Extreme.Smallest => least,
            Extreme.Largest => most,
            _ => least + ((most - least) * draw.Random.Between(0, Steps) / Steps),
        };
    }

    public override double Extent(long size) => 1;

    public override IEnumerable<string> Errors(long size) => Range.Errors(size);
}

/// <summary>True or false.</summary>
internal sealed record BoolType : ParameterType
{
    public override object Draw(Draw draw) => draw.Extreme == Extreme.None ? draw.Random.Between(0, 1) == 1 : draw.Extreme == Extreme.Largest;

    public override double Extent(long size) => 1;

    public override double Different(long size) => 2;
}

/// <summary>A text.</summary>
/// <param name="Letters">Of which it consists; all different.</param>
/// <param name="Lengths">How many of them.</param>
internal sealed record StringType(ImmutableArray<char> Letters, BoundRange Lengths) : ParameterType
{
    public override object Draw(Draw draw) => string.Create((int)Lengths.Draw(draw), draw, (text, from) =>
    {
        foreach (ref var letter in text)
        {
            letter = from.Extreme switch
            {
                Extreme.Smallest => Letters[0],
                Extreme.Largest => Letters[^1],
                _ => Letters[(int)from.Random.Between(0, Letters.Length - 1)],
            };
        }
    });

    public override double Extent(long size) => 1 + Lengths.Most.At(size);

    public override double Different(long size) =>
        Letters.Length > 1 ? Math.Pow(Letters.Length, Lengths.Most.At(size)) : Lengths.Count(size);

    public override IEnumerable<string> Errors(long size) => Lengths.LengthErrors(size);
}

/// <summary>One of some values.</summary>
/// <param name="Values">The values; at least one.</param>
internal sealed record ChoiceType(ImmutableArray<JsonElement> Values) : ParameterType
{
    public override object Draw(Draw draw) => draw.Extreme switch
    {
        Extreme.Smallest => Values[0],
        Extreme.Largest => Values[^1],
        _ => Values[(int)draw.Random.Between(0, Values.Length - 1)],
    };

    public override double Extent(long size) => 1 + Values.Max(value => value.GetRawText().Length);

    public override double Different(long size) => Values.Length;
}

/// <summary>A value, or none.</summary>
/// <param name="Inner">The value's type.</param>
internal sealed record OptionalType(ParameterType Inner) : ParameterType
{
    // One in four is none, so that both are seen often.
    public override object? Draw(Draw draw) =>
        draw.Extreme == Extreme.Smallest || (draw.Extreme == Extreme.None && draw.Random.Between(0, 3) == 0) ? null : Inner.Draw(draw);

    public override double Extent(long size) => Inner.Extent(size);

    public override double Different(long size) => 1 + Inner.Different(size);

    public override IEnumerable<string> Errors(long size) => Inner.Errors(size);
}
