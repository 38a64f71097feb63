using System.Diagnostics;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using RewardServer.Compatibility;
using RewardServer.Hosting;
using RewardServer.Tests.Compatibility.SandboxFusion;
using RewardServer.Tests.Http;

namespace RewardServer.Tests.Compatibility;

/// <summary>How bodies that are read before a call has its place are bounded.</summary>
public sealed class BodyBudgetTests(RunningServer server)
{
    private const long Mb = 1 << 20;

    private static readonly ServerOptions Options = new() { MaxRequestMb = 100 };

    private static DefaultHttpContext CallOf(long? length, bool late = false)
    {
        var http = new DefaultHttpContext();
        http.Request.ContentLength = length;
        if (late)
        {
            http.Items["RewardServer.Arrival"] = Stopwatch.GetTimestamp() - (20 * Stopwatch.Frequency);
        }

        return http;
    }

    [Fact]
    public async Task A_body_waits_until_there_is_room_for_it_beside_the_others()
    {
        using var bodies = new BodyBudget(Options, TimeProvider.System);
        var first = await bodies.ReserveAsync(CallOf(100 * Mb));
        // Of unknown length: it may be as large as any.
        Assert.NotNull(await bodies.ReserveAsync(CallOf(null)));
        Assert.NotNull(await bodies.ReserveAsync(CallOf(1000)));
        var waiting = bodies.ReserveAsync(CallOf(80 * Mb));
        Assert.False(waiting.IsCompleted);
        first!.Dispose();
        Assert.NotNull(await waiting.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task One_that_finds_no_room_in_time_is_told_so_and_one_whose_client_is_gone_waits_no_more()
    {
        using var bodies = new BodyBudget(Options, TimeProvider.System);
        Assert.NotNull(await bodies.ReserveAsync(CallOf(100 * Mb)));
        Assert.NotNull(await bodies.ReserveAsync(CallOf(100 * Mb)));
        Assert.Null(await bodies.ReserveAsync(CallOf(100 * Mb, late: true)));
        var gone = CallOf(100 * Mb);
        gone.RequestAborted = new(canceled: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bodies.ReserveAsync(gone));
    }

    [Fact]
    public async Task A_call_gives_its_room_back_whatever_becomes_of_it()
    {
        server.NeedSandbox();
        await using var app = await RunningServer.StartAsync(new() { ["Server:MaxRequestMb"] = "8" });
        using var client = RunningServer.ClientOf(app);
        foreach (var body in (object[])[RunCode.Verl("print(1)"), new { language = "python" }, new { language = "lean", code = "" }, new { }])
        {
            foreach (var path in (string[])["/run_code", "/verify", "/roll/submit"])
            {
                using var answer = await client.PostAsJsonAsync(path, body, TestContext.Current.CancellationToken);
                Assert.NotEqual(500, (int)answer.StatusCode);
            }
        }

        // All of it, in the largest pieces that there are.
        var bodies = app.Services.GetRequiredService<BodyBudget>();
        for (var taken = 0; taken < 256; taken += 8)
        {
            Assert.NotNull(await bodies.ReserveAsync(CallOf((8 * Mb) - 1)));
        }

        Assert.Null(await bodies.ReserveAsync(CallOf(1, late: true)));
    }
}
