using System.Text.Json.Nodes;
using RewardServer.Tests.Http;

namespace RewardServer.Tests.Compatibility.NemoGym;

/// <summary>Clients that wait for a while only are answered before they give up, wherever their call stands.</summary>
public sealed class WaitingTests
{
    // verifiers' (verifiers/v1/tasksets/nemo_gym, request_timeout).
    private static readonly TimeSpan ClientsTimeout = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Verifiers_reads_that_a_judge_hangs_before_its_own_time_out_and_so_does_a_call_that_has_no_place()
    {
        await using var judge = await OtherServer.StartAsync(http => Task.Delay(Timeout.InfiniteTimeSpan, http.RequestAborted));
        var url = judge.Urls.First();
        await using var app = await RunningServer.StartAsync(new()
        {
            ["Server:MaxCalls"] = "1",
            ["Sandbox:Engine"] = "none",
            ["Trainers:Rubrics:nemo-gym"] = "helpful-harmless",
            ["Judges:helpful:Url"] = url,
            ["Judges:helpful:Model"] = "m",
            ["Judges:harmless:Url"] = url,
            ["Judges:harmless:Model"] = "m",
        });
        using var client = RunningServer.ClientOf(app);
        client.Timeout = ClientsTimeout;
        var answers = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => client.VerifyAsync(
            GymRows.With(GymRows.Message("Hello!"), ("task", JsonNode.Parse("""{"kind":"judge"}"""))))));
        Assert.All(answers, answer => Assert.Equal(503, answer.Status));
        Assert.Contains(answers, answer => answer.Body.GetProperty("detail").GetString()!.Contains("Server:MaxCalls", StringComparison.Ordinal));
    }
}
