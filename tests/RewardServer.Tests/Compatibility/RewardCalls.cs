using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using RewardServer.Tests.Http;

namespace RewardServer.Tests.Compatibility;

/// <summary>Calls for rewards as trainers' clients make them.</summary>
internal static class RewardCalls
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Posts an object as JSON.</summary>
    public static Task<(int Status, JsonElement Body)> PostAsync(this HttpClient client, string path, object body) =>
        client.PostTextAsync(path, JsonSerializer.Serialize(body));

    /// <summary>Posts a text as JSON.</summary>
    public static async Task<(int Status, JsonElement Body)> PostTextAsync(this HttpClient client, string path, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await client.PostAsync(new Uri(path, UriKind.Relative), content, Token);
        return await ReadAsync(response);
    }

    /// <summary>Sends a call of any method; the body of the answer is undefined where it has none.</summary>
    public static async Task<(int Status, JsonElement Body)> SendAsync(this HttpClient client, HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = body is null ? null : new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        using var response = await client.SendAsync(request, Token);
        return await ReadAsync(response);
    }

    public static IReadOnlyList<double> Numbers(this JsonElement array) => [.. array.EnumerateArray().Select(number => number.GetDouble())];

    /// <summary>The members that a 400 or 422 names.</summary>
    public static string[] Errors(this JsonElement problem) => [.. problem.GetProperty("errors").EnumerateObject().Select(error => error.Name)];

    /// <summary>A server of its own, with a client to it.</summary>
    public static async Task<(WebApplication App, HttpClient Client)> ServerAsync(params (string Name, string Value)[] settings)
    {
        var app = await RunningServer.StartAsync(settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value));
        return (app, RunningServer.ClientOf(app));
    }

    private static async Task<(int, JsonElement)> ReadAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync(Token);
        return ((int)response.StatusCode, text.Length == 0 ? default : JsonElement.Parse(text));
    }
}
