using System.Net.Http.Json;
using System.Text.Json.Nodes;
using RewardServer.Tests.Compatibility.NemoGym;
using RewardServer.Tests.Compatibility.Roll;
using RewardServer.Tests.Http;

namespace RewardServer.Tests.Compatibility;

/// <summary>What NeMo-Gym's client is answered where there is no place for its calls, and ROLL's meanwhile.</summary>
public sealed class BusyTests
{
    [Fact]
    public async Task A_protocol_whose_calls_are_held_up_keeps_no_other_waiting()
    {
        await using var app = await RunningServer.StartAsync(new()
        {
            ["Server:MaxCalls"] = "1",
            ["Server:MaxWaiting"] = "0",
            ["Sandbox:Engine"] = "none",
            ["Trainers:Rubrics:nemo-gym"] = "helpful-harmless",
            ["Judges:helpful:Url"] = "http://127.0.0.1:1/",
            ["Judges:helpful:Model"] = "m",
            ["Judges:helpful:Retries"] = "0",
            ["Judges:harmless:Url"] = "http://127.0.0.1:1/",
            ["Judges:harmless:Model"] = "m",
            ["Judges:harmless:Retries"] = "0",
        });
        using var client = RunningServer.ClientOf(app);

        // A judge that is down has this one tried again, and it holds the only place meanwhile.
        var row = GymRows.With(GymRows.Message("Hello!"), ("task", JsonNode.Parse("""{"kind":"judge"}"""))).OfCollection();
        var holder = Record.ExceptionAsync(() => client.PostAsJsonAsync("/verify", row, TestContext.Current.CancellationToken)).AsTask();
        var status = 0;
        for (var tries = 0; status != 503; tries++)
        {
            Assert.True(tries < 500, "every call had a place");
            await Task.Delay(20, TestContext.Current.CancellationToken);
            (status, _) = await client.VerifyAsync(GymRows.Maths());
            Assert.Contains(status, (int[])[200, 503]);
        }

        // ROLL's calls have places of their own.
        var submission = await client.CallAsync(HttpMethod.Post, "/roll/submit", RollClient.Submission("5", """{"ground_truth": "5"}""").ToJsonString());
        Assert.Equal(0, submission.GetProperty("errcode").GetInt32());

        // A server that stops tries nothing again, and its client goes to the next one.
        await app.StopAsync(TestContext.Current.CancellationToken);
        Assert.Null(await holder);
    }
}
