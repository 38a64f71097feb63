using System.Text.Json;

namespace RewardServer.Training.Rewards;

/// <summary>Reads what <c>POST /v1/grade</c> answers. What is there may be anything: a proxy's page, or another program's JSON.</summary>
internal static class GradeAnswer
{
    /// <summary>The rewards of its items, by their ids.</summary>
    /// <exception cref="JsonException">It is no such answer; the message names the member at fault.</exception>
    public static Dictionary<string, Reward> Read(byte[] answer)
    {
        using var json = JsonDocument.Parse(answer);
        try
        {
            return ByName(Array(json.RootElement, "items"), "id", Reward);
        }
        catch (InvalidOperationException exception)
        {
            // What GetString throws for text that is no Unicode.
            throw new JsonException($"the answer has a text that cannot be read: {exception.Message}", exception);
        }
    }

    private static Reward Reward(JsonElement item) => new(
        Number(item, "reward"),
        ByName(Array(item, "components"), "name", component => Number(component, "score")),
        item.TryGetProperty("reason", out var reason) && reason.ValueKind == JsonValueKind.String ? reason.GetString() : null)
    {
        Answer = GivenAnswer.Of(item),
        Failed = item.TryGetProperty("outcome", out var outcome) && outcome.ValueKind == JsonValueKind.String && outcome.ValueEquals("failed"),
    };

    private static Dictionary<string, T> ByName<T>(JsonElement array, string key, Func<JsonElement, T> read)
    {
        var named = new Dictionary<string, T>();
        foreach (var element in array.EnumerateArray())
        {
            var name = Member(element, key) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : throw new JsonException($"the answer has a '{key}' that is no text");
            if (!named.TryAdd(name, read(element)))
            {
                throw new JsonException($"the answer has the {key} '{name}' twice");
            }
        }

        return named;
    }

    // Null where there is none; what is beyond the numbers is none, and training on it would make all parameters so.
    private static double? Number(JsonElement json, string name) => Member(json, name) switch
    {
        { ValueKind: JsonValueKind.Null } => null,
        { ValueKind: JsonValueKind.Number } number when number.TryGetDouble(out var value) && double.IsFinite(value) => value,
        _ => throw new JsonException($"the answer has a '{name}' that is no number"),
    };

    private static JsonElement Array(JsonElement json, string name) =>
        Member(json, name) is { ValueKind: JsonValueKind.Array } array ? array : throw new JsonException($"the answer has a '{name}' that is no list");

    private static JsonElement Member(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var member) ? member : throw new JsonException($"the answer has no '{name}'");
}
