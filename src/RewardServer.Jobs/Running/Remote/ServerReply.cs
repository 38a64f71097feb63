using System.Net;
using System.Text.Json;

namespace RewardServer.Jobs.Running.Remote;

/// <summary>What a server answered.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Body">Its body; undefined where that is no JSON, such as a proxy's page.</param>
/// <param name="RetryAfter">When it wants to be asked again; null where it does not say.</param>
internal sealed record ServerReply(HttpStatusCode Status, JsonElement Body, TimeSpan? RetryAfter)
{
    /// <summary>The items of it that were graded, also where all of them failed; null where there are none.</summary>
    public JsonElement? Items =>
        Status is HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable && Body.ValueKind == JsonValueKind.Object
        && Body.TryGetProperty("items", out var items) && items.ValueKind == JsonValueKind.Array ? items : null;

    /// <summary>Whether the same may well be answered later.</summary>
    public bool IsPassing =>
        Items is null && (Status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError
            || (Status == HttpStatusCode.OK && Body.ValueKind == JsonValueKind.Undefined));

    /// <summary>Why it is no answer, for people.</summary>
    public string Said => Text("detail") ?? Text("title") ?? (Body.ValueKind == JsonValueKind.Undefined ? "it answers what is no JSON" : "it says no more");

    private string? Text(string member) =>
        Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty(member, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
}
