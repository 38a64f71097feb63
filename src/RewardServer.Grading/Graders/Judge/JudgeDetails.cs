using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace RewardServer.Grading.Graders.Judge;

/// <summary>What a person needs to see why a judge gave its score.</summary>
/// <param name="Judge">Which judge.</param>
/// <param name="Samples">What each sample gave: scores from 0 to 1, or a reward model's numbers; empty where there are none.</param>
public sealed record JudgeDetails(string Judge, ImmutableArray<double> Samples)
{
    /// <summary>What the reward model gave for the task's reference; absent where nothing was compared.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? ReferenceReward { get; init; }

    /// <summary>The beginning of what the judge wrote, of the first sample; absent where it writes nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reply { get; init; }

    internal static JudgeDetails Of(JudgeModel judge, Judgement judged) => new(judge.Name, judged.Samples)
    {
        ReferenceReward = judged.ReferenceReward,
        Reply = judged.Reply is null ? null : Shown.Head(judged.Reply, Shown.Answer),
    };
}
