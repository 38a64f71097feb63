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

namespace RewardServer.Grading.Tests.Graders.Judge;

/// <summary>A real HTTP server that stands for a judge, and behaves as a test asks.</summary>
internal sealed class JudgeServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<JudgeRequest> requests = [];

    private JudgeServer(WebApplication app) => this.app = app;

    /// <summary>Every request, in the order in which they came.</summary>
    public IReadOnlyList<JudgeRequest> Requests => [.. requests];

    public string Url => $"{app.Urls.First()}/v1";

    /// <summary>Answers each request by its number, from 0, and what it asks.</summary>
    public static async Task<JudgeServer> StartAsync(Func<HttpContext, JudgeRequest, Task> answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Limits.MinResponseDataRate = null;
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.Zero);
        builder.Logging.ClearProviders();
        var server = new JudgeServer(builder.Build());
        var count = 0;
        server.app.Run(async http =>
        {
            using var body = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
            var request = new JudgeRequest(Interlocked.Increment(ref count) - 1, http.Request.Path, http.Request.Headers.Authorization.ToString(), body.RootElement.Clone());
            server.requests.Enqueue(request);
            await answer(http, request);
        });
        await server.app.StartAsync();
        return server;
    }

    /// <summary>A judge that writes the same to every chat.</summary>
    public static Task<JudgeServer> SayingAsync(string reply) => StartAsync((http, _) => SayAsync(http, reply));

    /// <summary>A judge that answers the same JSON to everything.</summary>
    public static Task<JudgeServer> AnsweringAsync(string json) => StartAsync((http, _) => http.Response.WriteAsync(json, http.RequestAborted));

    /// <summary>Writes a chat completion.</summary>
    public static Task SayAsync(HttpContext http, string reply, string ended = "stop") => http.Response.WriteAsync(
        new JsonObject
        {
            ["id"] = "chatcmpl-1",
            ["choices"] = new JsonArray(new JsonObject
            {
                ["index"] = 0,
                ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = reply },
                ["finish_reason"] = ended,
            }),
        }.ToJsonString(),
        http.RequestAborted);

    public ValueTask DisposeAsync() => app.DisposeAsync();
}

/// <summary>One request to a judge.</summary>
internal sealed record JudgeRequest(int Number, string Path, string Authorization, JsonElement Body)
{
    /// <summary>What a chat judge was asked.</summary>
    public string Text => Body.GetProperty("messages")[0].GetProperty("content").GetString()!;
}
