using System.Collections.Immutable;
using RewardServer.Grading.Graders;

namespace RewardServer.Grading.Rubrics;

/// <summary>One component of a rubric that is ready to grade.</summary>
/// <param name="Name">Its name in results.</param>
/// <param name="Weight">What its value is multiplied by.</param>
/// <param name="Kind">The kind of its grader.</param>
/// <param name="Grader">What gives its score: an <see cref="IGrader"/> or an <see cref="IGroupGrader"/>.</param>
public sealed record RubricComponent(string Name, double Weight, GraderKind Kind, IComponentGrader Grader)
{
    /// <summary>Makes a value of the score; null: the score itself.</summary>
    public NumberPair? Scale { get; init; }

    /// <summary>The bounds of the value; null: none.</summary>
    public NumberPair? Clip { get; init; }

    /// <summary>What must hold for the value to count.</summary>
    public ImmutableArray<GateDefinition> Gates { get; init; } = [];

    /// <summary>The score from which on it passes.</summary>
    public double PassAt { get; init; } = 1;

    /// <summary>Whether a gate of another component reads its score.</summary>
    public bool ReadByGate { get; init; }

    /// <summary>Whether the item has no reward where this component has no score.</summary>
    public bool Decides => Weight != 0 || ReadByGate;

    /// <summary>The lowest and the highest value that it can have.</summary>
    public ScoreRange ValueRange
    {
        get
        {
            var (low, high) = (Ungated(Grader.Range.Low), Ungated(Grader.Range.High));
            var ends = Gates.Select(gate => gate.Otherwise).Append(low).Append(high).ToArray();
            return new(ends.Min(), ends.Max());
        }
    }

    /// <summary>The value of a score where every gate is open.</summary>
    public double Ungated(double score)
    {
        var scaled = Scale is { } scale ? scale.First + (score * (scale.Second - scale.First)) : score;
        return Clip is { } clip ? Math.Clamp(scaled, clip.First, clip.Second) : scaled;
    }

    /// <summary>The value of a score: scaled, clipped, gated.</summary>
    /// <param name="score">What the grader gave.</param>
    /// <param name="verdicts">What every component found; each that a gate reads has a score.</param>
    public double ValueOf(double score, Verdicts verdicts) =>
        ClosedGate(verdicts)?.Otherwise ?? Ungated(score);

    /// <summary>The first gate that is closed; null where all are open.</summary>
    /// <param name="verdicts">What every component found; each that a gate reads has a score.</param>
    public GateDefinition? ClosedGate(Verdicts verdicts) =>
        Gates.FirstOrDefault(gate => !gate.IsOpen(verdicts.Of(gate.Component)!.Score!.Value));
}
