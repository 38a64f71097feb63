using System.Text.Json.Serialization;

namespace RewardServer.Grading.Graders.Chain;

/// <summary>What became of the equalities that the thinking states.</summary>
/// <param name="Found">How many different ones there are.</param>
/// <param name="Confirmed">Of those that were judged, how many hold.</param>
/// <param name="False">How many do not.</param>
/// <param name="Undecided">Of how many nobody can tell.</param>
public sealed record ChainDetails(int Found, int Confirmed, int False, int Undecided)
{
    /// <summary>The first that does not hold; absent where there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FalseEquality? FirstFalse { get; init; }
}

/// <summary>An equality that does not hold.</summary>
/// <param name="Start">Where it begins, in characters from the start of the part that is looked at.</param>
/// <param name="Left">Its left side.</param>
/// <param name="Right">Its right side.</param>
public sealed record FalseEquality(int Start, string Left, string Right);
