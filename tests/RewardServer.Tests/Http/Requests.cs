using System.Text.Json;
using System.Text.Json.Nodes;

namespace RewardServer.Tests.Http;

/// <summary>Short ways to write requests.</summary>
internal static class Requests
{
    public static JsonObject Grade(params JsonObject[] items) => new() { ["rubric"] = "r1-zero", ["items"] = new JsonArray([.. items]) };

    /// <summary>An item; a completion that begins with '[' is a chat.</summary>
    public static JsonObject Item(string id, string completion, string task) => new()
    {
        ["id"] = id,
        ["prompt"] = "?",
        ["completion"] = completion.StartsWith('[') ? JsonNode.Parse(completion) : completion,
        ["task"] = JsonNode.Parse(task),
    };

    public static Task<(int Status, JsonElement Body)> GradeAsync(this RunningServer server, JsonObject request) =>
        server.GradeAsync(request.ToJsonString());
}
