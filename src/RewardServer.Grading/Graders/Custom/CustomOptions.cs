using System.Text.Json;
using System.Text.Json.Serialization;
using RewardServer.Grading.Completions;

namespace RewardServer.Grading.Graders.Custom;

/// <summary>Options of the grader "custom".</summary>
public sealed record CustomOptions
{
    /// <summary>Which script of the server's configuration gives the score.</summary>
    public required string Script { get; init; }

    /// <summary>What the script is given beside the item, as any JSON; an empty object where silent.</summary>
    [JsonConverter(typeof(GivenJsonConverter))]
    public JsonElement? Parameters { get; init; }
}
