using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace RewardServer.Tests.Compatibility;

/// <summary>
/// Stands between a client and the server: it misbehaves as it was told (<c>POST /stub/plan</c>, an array of faults, one a call), passes all
/// other calls on, and tells what came (<c>GET /stub/seen</c>).
/// </summary>
internal sealed class FaultyProxy : IAsyncDisposable
{
    private const string Prefix = "/stub-prefix";

    private readonly ConcurrentQueue<string> plan = new();
    private readonly ConcurrentDictionary<string, bool> connections = new();
    private readonly ConcurrentQueue<int> items = new();
    private readonly TaskCompletionSource together = new();
    private readonly HttpClient server;
    private readonly WebApplication app;
    private int calls;
    private int gathered;

    private FaultyProxy(WebApplication app, HttpClient server) => (this.app, this.server) = (app, server);

    public string Url => app.Urls.First();

    /// <summary>Starts one before a server.</summary>
    /// <param name="server">A client of the server's.</param>
    /// <param name="port">Where it listens; 0 for any free port.</param>
    public static async Task<FaultyProxy> StartAsync(HttpClient server, int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        var app = builder.Build();
        var proxy = new FaultyProxy(app, server);
        app.Run(proxy.AnswerAsync);
        await app.StartAsync();
        return proxy;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        switch (http.Request.Path.Value)
        {
            case "/stub/plan":
                foreach (var fault in (await http.Request.ReadFromJsonAsync<string[]>())!)
                {
                    plan.Enqueue(fault);
                }

                return;
            case "/stub/seen":
                await http.Response.WriteAsJsonAsync(new { calls, connections = connections.Count, items = items.ToArray() });
                return;
        }

        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        Interlocked.Increment(ref calls);
        connections[http.Connection.Id] = true;
        if (http.Request.Path.Value!.EndsWith("/v1/grade", StringComparison.Ordinal))
        {
            items.Enqueue(JsonNode.Parse(body.ToArray())!["items"]!.AsArray().Count);
        }

        await MisbehaveAsync(http, body.ToArray(), plan.TryDequeue(out var next) ? next.Split(' ', 2) : ["pass"]);
    }

    private Task MisbehaveAsync(HttpContext http, byte[] body, string[] fault)
    {
        switch (fault[0])
        {
            case "pass":
                return PassAsync(http, body);
            case "drop":
                http.Abort();
                return Task.CompletedTask;
            case "cut":
                return CutAsync(http);
            case "hang":
                return Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            case "page":
                http.Response.ContentType = "text/html";
                return http.Response.WriteAsync("<html>Welcome!</html>");
            case "short":
                return http.Response.WriteAsJsonAsync(new { rubric = "r@1", items = Array.Empty<int>() });
            case "closes":
                http.Response.Headers.Connection = "close";
                return PassAsync(http, body);
            case "closes-later":
                http.Response.OnCompleted(() =>
                {
                    http.Features.GetRequiredFeature<IConnectionLifetimeNotificationFeature>().RequestClose();
                    return Task.CompletedTask;
                });
                return PassAsync(http, body);
            case "together":
                return TogetherAsync(http, body, int.Parse(fault[1], CultureInfo.InvariantCulture));
            case "first-failed":
                return PassAsync(http, body, answer => Fail(answer, 1));
            case "all-failed":
                return PassAsync(http, body, answer => Fail(answer, int.MaxValue), StatusCodes.Status503ServiceUnavailable);
            default:
                return RefuseAsync(http, int.Parse(fault[0], CultureInfo.InvariantCulture), fault.ElementAtOrDefault(1));
        }
    }

    private static async Task CutAsync(HttpContext http)
    {
        http.Response.ContentLength = 1000;
        await http.Response.WriteAsync("{\"items\":[");
        await http.Response.Body.FlushAsync();
        http.Abort();
    }

    private static Task RefuseAsync(HttpContext http, int status, string? header)
    {
        if (header?.Split(' ') is [var name, var value])
        {
            http.Response.Headers[name] = value;
        }

        http.Response.StatusCode = status;
        return status is 429 or 502 or 503 or 504
            ? http.Response.WriteAsJsonAsync(new { title = "Busy", detail = "the stub is busy", status })
            : http.Response.WriteAsJsonAsync(new
            {
                title = "Refused",
                detail = "items[0].task: the stub refuses it",
                status,
                errors = new Dictionary<string, string[]> { ["items[0].task"] = ["the stub refuses it"] },
            });
    }

    // No call is answered before all are there: only a client that has them under way at once gets on.
    private async Task TogetherAsync(HttpContext http, byte[] body, int all)
    {
        if (Interlocked.Increment(ref gathered) == all)
        {
            together.SetResult();
        }

        await together.Task.WaitAsync(TimeSpan.FromSeconds(60), http.RequestAborted);
        await PassAsync(http, body);
    }

    private async Task PassAsync(HttpContext http, byte[] body, Func<byte[], byte[]>? change = null, int? status = null)
    {
        var path = http.Request.Path.Value!;
        path = path.StartsWith(Prefix, StringComparison.Ordinal) ? path[Prefix.Length..] : path;
        using var request = new HttpRequestMessage(new HttpMethod(http.Request.Method), path + http.Request.QueryString);
        if (body.Length > 0)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(http.Request.ContentType!);
        }

        using var response = await server.SendAsync(request, http.RequestAborted);
        var answer = await response.Content.ReadAsByteArrayAsync(http.RequestAborted);
        http.Response.StatusCode = status ?? (int)response.StatusCode;
        http.Response.ContentType = response.Content.Headers.ContentType?.ToString();
        await http.Response.Body.WriteAsync(change?.Invoke(answer) ?? answer, http.RequestAborted);
    }

    private static byte[] Fail(byte[] answer, int most)
    {
        var body = JsonNode.Parse(answer)!.AsObject();
        foreach (var item in body["items"]!.AsArray().Take(most))
        {
            item!["outcome"] = "failed";
            item["reward"] = null;
            item["reason"] = "the stub failed it";
        }

        return Encoding.UTF8.GetBytes(body.ToJsonString());
    }
}
