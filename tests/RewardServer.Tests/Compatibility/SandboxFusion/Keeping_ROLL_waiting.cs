using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using RewardServer.Compatibility.Programs;
using RewardServer.Compatibility.Roll;
using RewardServer.Compatibility.SandboxFusion;

namespace RewardServer.Tests.Compatibility.SandboxFusion;

/// <summary>ROLL gives up after 30 s in which nothing comes.</summary>
public sealed class Keeping_ROLL_waiting : IDisposable
{
    private static readonly RunCodeResponse Answer = new() { Status = "Failed", RunResult = new("TimeLimitExceeded", 30, null, "", "") };

    private readonly TaskCompletionSource<(RunCodeResponse?, IResult?)> work = new();
    private readonly MemoryStream body = new();
    private readonly Connection connection = new();

    public void Dispose() => body.Dispose();

    private Task Execute()
    {
        var http = new DefaultHttpContext { RequestServices = new ServiceCollection().AddLogging().BuildServiceProvider() };
        http.Response.Body = body;
        http.Features.Set<IHttpRequestLifetimeFeature>(connection);
        return new KeptAlive(work.Task, TimeSpan.FromMilliseconds(5), TimeProvider.System).ExecuteAsync(http);
    }

    private async Task UntilItHasBegunAsync()
    {
        while (body.Length < 3)
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task White_space_goes_ahead_of_an_answer_that_takes_long()
    {
        var answered = Execute();
        await UntilItHasBegunAsync();
        work.SetResult((Answer, null));
        await answered;
        var text = Encoding.UTF8.GetString(body.ToArray());
        Assert.StartsWith("   ", text, StringComparison.Ordinal);
        Assert.Equal(("TimeLimitExceeded", null, ""), JsonDocument.Parse(text).RootElement.End());
    }

    [Fact]
    public async Task An_answer_that_comes_at_once_stands_alone()
    {
        work.SetResult((Answer, null));
        await Execute();
        Assert.Equal((byte)'{', body.ToArray()[0]);
    }

    [Fact]
    public async Task A_fault_after_it_breaks_the_connection()
    {
        var answered = Execute();
        await UntilItHasBegunAsync();
        work.SetResult((null, FaultAnswers.TryAgain("late")));
        await answered;
        Assert.True(connection.IsBroken);
        Assert.True(body.ToArray().All(value => value == (byte)' '));
    }

    [Fact]
    public async Task A_client_that_is_gone_is_left_only_when_the_work_on_its_request_has_ended()
    {
        using var gone = new CancellationTokenSource();
        connection.RequestAborted = gone.Token;
        var answered = Execute();
        await UntilItHasBegunAsync();
        await gone.CancelAsync();
        await Task.Delay(100, TestContext.Current.CancellationToken);
        Assert.False(answered.IsCompleted);
        work.SetCanceled(gone.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answered);
    }

    [Fact]
    public async Task A_fault_before_it_is_504()
    {
        work.SetResult((null, FaultAnswers.TryAgain("early")));
        await Execute();
        Assert.False(connection.IsBroken);
        Assert.Equal(504, JsonDocument.Parse(body.ToArray()).RootElement.GetProperty("status").GetInt32());
    }

    private sealed class Connection : IHttpRequestLifetimeFeature
    {
        public bool IsBroken { get; private set; }

        public CancellationToken RequestAborted { get; set; }

        public void Abort() => IsBroken = true;
    }
}
