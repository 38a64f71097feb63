using System.Collections.Immutable;

namespace RewardServer.Grading.Graders.Code.Generation.Parameters;

/// <summary>A list or set.</summary>
/// <param name="Inner">Its elements' type.</param>
/// <param name="Lengths">How many.</param>
/// <param name="Sorted">Whether they rise.</param>
/// <param name="Distinct">Whether no two are the same.</param>
/// <param name="IsSet">Whether it is a set, of which no two are the same either.</param>
internal sealed record ListType(ParameterType Inner, BoundRange Lengths, bool Sorted = false, bool Distinct = false, bool IsSet = false) : ParameterType
{
    public override object Draw(Draw draw)
    {
        var length = Lengths.Draw(draw);
        object?[] items = Distinct || IsSet ? Apart.Draw(Inner, length, draw) : [.. Enumerable.Range(0, (int)length).Select(_ => Inner.Draw(draw))];
        if (Sorted)
        {
            Array.Sort(items, ValueOrder.Instance);
        }

        return IsSet ? new Tagged("$set", items) : items;
    }

    public override double Extent(long size) => 1 + (Lengths.Most.At(size) * Inner.Extent(size));

    public override IEnumerable<string> Errors(long size) =>
        Lengths.LengthErrors(size).Concat(Inner.Errors(size)).Concat(Distinct || IsSet ? Apart.Errors(Inner, Lengths, size) : []);
}

/// <summary>Keys with values.</summary>
/// <param name="Key">The keys' type.</param>
/// <param name="Value">The values' type.</param>
/// <param name="Lengths">How many pairs.</param>
internal sealed record DictType(ParameterType Key, ParameterType Value, BoundRange Lengths) : ParameterType
{
    public override object Draw(Draw draw) =>
        new Tagged("$dict", [.. Apart.Draw(Key, Lengths.Draw(draw), draw).Select(key => new[] { key, Value.Draw(draw) })]);

    public override double Extent(long size) => 1 + (Lengths.Most.At(size) * (Key.Extent(size) + Value.Extent(size)));

    public override IEnumerable<string> Errors(long size) =>
        Lengths.LengthErrors(size).Concat(Key.Errors(size)).Concat(Value.Errors(size)).Concat(Apart.Errors(Key, Lengths, size));
}

/// <summary>A tuple.</summary>
/// <param name="Inner">Its elements' types.</param>
internal sealed record TupleType(ImmutableArray<ParameterType> Inner) : ParameterType
{
    public override object Draw(Draw draw) => new Tagged("$tuple", [.. Inner.Select(type => type.Draw(draw))]);

    public override double Extent(long size) => 1 + Inner.Sum(type => type.Extent(size));

    public override double Different(long size) => Inner.Aggregate(1.0, (product, type) => product * type.Different(size));

    public override IEnumerable<string> Errors(long size) => Inner.SelectMany(type => type.Errors(size));
}

/// <summary>Rows of equal length.</summary>
/// <param name="Inner">Its elements' type.</param>
/// <param name="Lengths">How many rows, and how many columns.</param>
internal sealed record MatrixType(ParameterType Inner, BoundRange Lengths) : ParameterType
{
    public override object Draw(Draw draw)
    {
        var (rows, columns) = (Lengths.Draw(draw), Lengths.Draw(draw));
        return Enumerable.Range(0, (int)rows).Select(object? (_) => Enumerable.Range(0, (int)columns).Select(_ => Inner.Draw(draw)).ToArray()).ToArray();
    }

    public override double Extent(long size) => 1 + (Lengths.Most.At(size) * (1 + (Lengths.Most.At(size) * Inner.Extent(size))));

    public override IEnumerable<string> Errors(long size) => Lengths.LengthErrors(size).Concat(Inner.Errors(size));
}

/// <summary>Whole numbers that follow each other, in any order.</summary>
/// <param name="Count">How many.</param>
/// <param name="First">The least.</param>
internal sealed record PermutationType(Bound Count, Bound First) : ParameterType
{
    public override object Draw(Draw draw)
    {
        var numbers = Enumerable.Range(0, (int)Count.At(draw.Size)).Select(object? (number) => (long)First.At(draw.Size) + number).ToArray();
        if (draw.Extreme == Extreme.Largest)
        {
            Array.Reverse(numbers);
        }
        else if (draw.Extreme == Extreme.None)
        {
            draw.Random.Shuffle<object?>(numbers);
        }

        return numbers;
    }

    public override double Extent(long size) => 1 + Count.At(size);

    public override IEnumerable<string> Errors(long size) => new BoundRange(Count, Count).LengthErrors(size);
}
