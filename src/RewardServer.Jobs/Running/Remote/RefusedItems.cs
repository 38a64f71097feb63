using System.Globalization;
using System.Text.Json;

namespace RewardServer.Jobs.Running.Remote;

/// <summary>Reads which items of a call a server refuses, out of the errors of its answer: <c>items[3].task.answer</c>.</summary>
internal static class RefusedItems
{
    private const string Beginning = "items[";

    /// <summary>What is wrong with each, by its place; none where the errors are of the call itself.</summary>
    public static Dictionary<int, string> Of(ServerReply reply)
    {
        var refused = new Dictionary<int, string>();
        if (reply.Body.ValueKind != JsonValueKind.Object || !reply.Body.TryGetProperty("errors", out var errors) || errors.ValueKind != JsonValueKind.Object)
        {
            return refused;
        }

        foreach (var error in errors.EnumerateObject())
        {
            var end = error.Name.IndexOf(']', StringComparison.Ordinal);
            if (!error.Name.StartsWith(Beginning, StringComparison.Ordinal) || !int.TryParse(error.Name.AsSpan(Beginning.Length, Math.Max(0, end - Beginning.Length)), CultureInfo.InvariantCulture, out var place))
            {
                return [];
            }

            refused.TryAdd(place, $"{error.Name[(end + 1)..].TrimStart('.')} {Message(error.Value)}");
        }

        return refused;
    }

    private static string Message(JsonElement messages) =>
        messages.ValueKind == JsonValueKind.Array && messages.GetArrayLength() > 0 && messages[0].ValueKind == JsonValueKind.String ? messages[0].GetString()! : "is refused";
}
