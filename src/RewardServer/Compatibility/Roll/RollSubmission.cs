using System.Text.Json;
using System.Text.Json.Serialization;
using RewardServer.Grading.Completions;

namespace RewardServer.Compatibility.Roll;

/// <summary>What ROLL submits for grading (roll/pipeline/rlvr/rewards/remote_reward_system_worker.py); priority and reward_manager are not read.</summary>
internal sealed record RollSubmission
{
    /// <summary>The longest that its client may wait, in seconds: a day.</summary>
    public const double LongestTimeout = 86_400;

    // What its client says where nothing is configured.
    private const double UsualTimeout = 300;

    /// <summary>Whose request it is; with the next four, of any JSON type.</summary>
    public JsonElement? ProjectId { get; init; }

    /// <summary>The experiment within the project.</summary>
    public JsonElement? ExperimentId { get; init; }

    /// <summary>The training step.</summary>
    public JsonElement? GlobalStep { get; init; }

    /// <summary>The row of the data set.</summary>
    public JsonElement? DataId { get; init; }

    /// <summary>Which of the completions of that row.</summary>
    public JsonElement? RolloutId { get; init; }

    /// <summary>What the model was asked.</summary>
    [JsonConverter(typeof(LenientTextConverter))]
    public string? Prompt { get; init; }

    /// <summary>What it wrote.</summary>
    [JsonConverter(typeof(LenientTextConverter))]
    public string? Response { get; init; }

    /// <summary>The label.</summary>
    public JsonElement? RewardInfo { get; init; }

    /// <summary>Seconds for which the client asks for the result.</summary>
    public double? Timeout { get; init; }

    /// <summary>That time; the client's usual one where it says none.</summary>
    public TimeSpan Patience => TimeSpan.FromSeconds(Math.Min(Timeout ?? UsualTimeout, LongestTimeout));

    /// <summary>What is wrong with it, with the member; null where nothing is.</summary>
    public string? Error() =>
        Response is null ? "response: is required"
        : Timeout is { } seconds && !(seconds > 0) ? "timeout: must be above 0"
        : null;
}

/// <summary>How ROLL asks for a result: a GET whose body is this.</summary>
internal sealed record RollQuestion
{
    /// <summary>What the submission was answered.</summary>
    public string? RewardRequestId { get; init; }
}
