using static TorchSharp.torch;

namespace RewardServer.Training.Policies;

/// <summary>Where parameters stand that lie end to end in one tensor.</summary>
internal sealed class ParameterPlaces
{
    private readonly Dictionary<string, (ParameterShape Shape, long Start)> places = [];

    /// <summary>Places them.</summary>
    /// <param name="layout">The parameters in order, matrices before vectors.</param>
    public ParameterPlaces(IEnumerable<ParameterShape> layout)
    {
        foreach (var shape in layout)
        {
            places.Add(shape.Name, (shape, Length));
            Length += shape.Size;
            Matrices = shape.Columns is null ? Matrices : Length;
        }
    }

    /// <summary>How many numbers there are.</summary>
    public long Length { get; }

    /// <summary>Where the matrices end and the vectors begin.</summary>
    public long Matrices { get; }

    /// <summary>The parameters, in order.</summary>
    public IEnumerable<ParameterShape> Shapes => places.Values.Select(place => place.Shape);

    /// <summary>Whether there is a parameter of that name.</summary>
    public bool Has(string name) => places.ContainsKey(name);

    /// <summary>
    /// A view of the parameters from one to another, which stand end to end and have equally many columns, as one matrix or vector.
    /// </summary>
    /// <exception cref="KeyNotFoundException">There is none of one of the names.</exception>
    public Tensor View(Tensor all, string first, string last)
    {
        var (shape, start) = places[first];
        var (end, at) = places[last];
        var length = at + end.Size - start;
        using var scope = NewDisposeScope();
        var view = all.narrow(0, start, length);
        return (shape.Columns is { } columns ? view.view(length / columns, columns) : view).MoveToOuterDisposeScope();
    }
}
