using System.Collections.Immutable;
using RewardServer.Grading.Extraction;
using RewardServer.Symbolics.Equivalence;

namespace RewardServer.Http;

/// <summary>Where predictions have their answers, and how strict to be.</summary>
public sealed record VerifyOptions
{
    /// <summary>Where a prediction's answer is looked for, the first place that holds one deciding; by default everywhere.</summary>
    public ImmutableArray<AnswerPlace> Places { get; init; } = AnswerPlaces.WholeResponse.Order;

    /// <summary>The share of the gold's absolute value by which a number may differ from it; 0 asks for the exact value. At most 0.5.</summary>
    public double RelativeTolerance { get; init; }

    /// <summary>By how much a number may differ from the gold; 0 asks for the exact value.</summary>
    public double AbsoluteTolerance { get; init; }

    /// <summary>Whether the elements of bare lists must come in the gold's order.</summary>
    public bool OrderedLists { get; init; }

    /// <summary>Whether a unit that the gold has must be given, and one that it has not must not.</summary>
    public bool StrictUnits { get; init; }

    /// <summary>Whether an operation that is still to be carried out, such as an integral, is no answer.</summary>
    public bool FinalValue { get; init; }

    internal AnswerPlaces ToPlaces() =>
        Places.SequenceEqual(AnswerPlaces.WholeResponse.Order) ? AnswerPlaces.WholeResponse : new(Places);

    internal MathOptions ToMathOptions() => new()
    {
        RelativeTolerance = RelativeTolerance,
        AbsoluteTolerance = AbsoluteTolerance,
        OrderedLists = OrderedLists,
        StrictUnits = StrictUnits,
        FinalValue = FinalValue,
    };

    internal IEnumerable<(string Member, string Error)> Errors() =>
        (Places.IsDefaultOrEmpty ? [("places", "must name at least one place")] : Array.Empty<(string, string)>()).Concat(ToMathOptions().Errors());
}
