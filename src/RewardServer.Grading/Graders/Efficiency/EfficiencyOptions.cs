using System.Text.Json;
using RewardServer.Grading.Extraction;

namespace RewardServer.Grading.Graders.Efficiency;

/// <summary>Options of the grader "efficiency".</summary>
public sealed record EfficiencyOptions
{
    private const int LeastRounds = 5, MostRounds = 100;

    /// <summary>Up to which share of the reference's time a program earns 1.</summary>
    public double Fast { get; init; } = 0.5;

    /// <summary>From which share of the reference's time on it earns 0.</summary>
    public double Slow { get; init; } = 2;

    /// <summary>The most rounds in which both run in turn; from 5 to 100. Fewer are taken where they tell as much.</summary>
    public int Rounds { get; init; } = 60;

    /// <summary>Whether it is measured how the time grows with the size of the input.</summary>
    public bool Growth { get; init; }

    /// <summary>The largest exponent with which the time may grow; a program that surely grows faster earns 0. Null for any.</summary>
    public double? GrowthAtMost { get; init; }

    /// <summary>How a program is found in a response.</summary>
    public ExtractionRules Extraction { get; init; } = ExtractionRules.Default;

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="JsonException">A value is out of its range.</exception>
    public EfficiencyOptions Checked()
    {
        var (member, error) =
            !(Fast > 0 && double.IsFinite(Fast)) ? ("fast", "must be above 0")
            : !(Slow > Fast && double.IsFinite(Slow)) ? ("slow", "must be above fast")
            : Rounds is < LeastRounds or > MostRounds ? ("rounds", $"must be from {LeastRounds} to {MostRounds}")
            : GrowthAtMost is { } most && !(most >= 0 && double.IsFinite(most)) ? ("growthAtMost", "must not be negative")
            : Extraction.Errors().Select(error => ($"extraction.{error.Member}", error.Error)).FirstOrDefault();
        return member is null ? this : throw new JsonException(error, $"$.{member}", null, null);
    }
}
