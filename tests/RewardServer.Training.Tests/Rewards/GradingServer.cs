using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace RewardServer.Training.Tests.Rewards;

/// <summary>A real HTTP server that stands for a RewardServer, and behaves as a test asks.</summary>
internal sealed class GradingServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<GradingRequest> requests = [];

    private GradingServer(WebApplication app) => this.app = app;

    /// <summary>Every request, in the order in which they came.</summary>
    public IReadOnlyList<GradingRequest> Requests => [.. requests];

    public Uri Url => new(app.Urls.First());

    /// <summary>Answers each request by its number, from 0, and what it asks.</summary>
    public static async Task<GradingServer> StartAsync(Func<HttpContext, GradingRequest, Task> answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.Zero);
        builder.Logging.ClearProviders();
        var server = new GradingServer(builder.Build());
        var count = 0;
        server.app.Run(async http =>
        {
            using var body = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
            var request = new GradingRequest(
                Interlocked.Increment(ref count) - 1, $"{http.Request.Method} {http.Request.Path}", http.Request.Headers.Authorization.ToString(), body.RootElement.Clone());
            server.requests.Enqueue(request);
            await answer(http, request);
        });
        await server.app.StartAsync();
        return server;
    }

    /// <summary>Gives each item the number that it completes with, the last item first.</summary>
    public static Task RewardAsync(HttpContext http, GradingRequest request) => SayAsync(http, new JsonObject
    {
        ["rubric"] = "r1-zero@1",
        ["items"] = new JsonArray([.. request.Items.Reverse().Select(item => Graded(item.Id, double.Parse(item.Completion, System.Globalization.CultureInfo.InvariantCulture)))]),
    }.ToJsonString());

    public static JsonObject Graded(string id, double? reward, string? reason = null, string outcome = "failed") => new()
    {
        ["id"] = id,
        ["outcome"] = reward is null ? outcome : "scored",
        ["reward"] = reward,
        ["reason"] = reason,
        ["components"] = new JsonArray(new JsonObject { ["name"] = "accuracy", ["score"] = reward, ["weight"] = 1 }),
    };

    public static Task SayAsync(HttpContext http, string answer, int status = 200)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(answer, http.RequestAborted);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}

/// <summary>One request to a server.</summary>
internal sealed record GradingRequest(int Number, string Where, string Authorization, JsonElement Body)
{
    public IReadOnlyList<(string Id, string? Group, string Completion)> Items =>
    [
        .. Body.GetProperty("items").EnumerateArray().Select(item =>
            (item.GetProperty("id").GetString()!, item.TryGetProperty("group", out var group) ? group.GetString() : null, item.GetProperty("completion").GetString()!)),
    ];
}
