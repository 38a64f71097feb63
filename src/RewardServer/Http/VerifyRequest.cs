using System.Collections.Immutable;
using System.Text.Json.Serialization;
using RewardServer.Grading.Completions;
using RewardServer.Symbolics.Equivalence;

namespace RewardServer.Http;

/// <summary>What <c>POST /v1/verify/math</c> takes.</summary>
public sealed record VerifyRequest
{
    /// <summary>The pairs to compare; at least one.</summary>
    public required ImmutableArray<MathPair> Pairs { get; init; }

    /// <summary>Where answers are looked for and how strict to be, for all pairs.</summary>
    public VerifyOptions Options { get; init; } = new();
}

/// <summary>A gold answer and a prediction, each a bare answer, an answer in a maths environment, or a whole response.</summary>
public sealed record MathPair
{
    /// <summary>The caller's name for it, echoed in the answer.</summary>
    public string? Id { get; init; }

    /// <summary>The right answer.</summary>
    [JsonConverter(typeof(LenientTextConverter))]
    public required string Gold { get; init; }

    /// <summary>The answer to judge.</summary>
    [JsonConverter(typeof(LenientTextConverter))]
    public required string Prediction { get; init; }
}

/// <summary>What <c>POST /v1/verify/math</c> gives back.</summary>
/// <param name="Results">What became of each pair, in the order of the request.</param>
public sealed record VerifyResponse(IReadOnlyList<VerifyResult> Results);

/// <summary>What became of one pair.</summary>
/// <param name="Id">The pair's.</param>
/// <param name="Equal">Whether the prediction equals the gold; null where the gold cannot be judged against.</param>
/// <param name="Stage">Which stage of the comparison decided.</param>
/// <param name="Reason">One sentence for people.</param>
/// <param name="Gold">The gold as it was read; null where it does not parse.</param>
/// <param name="Prediction">The prediction as it was read; null where it does not parse.</param>
/// <param name="Signals">Why the prediction is suspect; often empty.</param>
public sealed record VerifyResult(
    string? Id, bool? Equal, Stage Stage, string Reason, MathForm? Gold, MathForm? Prediction, IReadOnlyList<string> Signals)
{
    internal static VerifyResult Of(MathPair pair, MathVerdict verdict) => new(
        pair.Id, verdict.Equal, verdict.Stage, verdict.Reason, verdict.Gold, verdict.Prediction, verdict.Signals);
}
