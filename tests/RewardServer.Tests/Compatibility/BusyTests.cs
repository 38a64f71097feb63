using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using RewardServer.Tests.Compatibility.NemoGym;
using RewardServer.Tests.Compatibility.Roll;
using RewardServer.Tests.Http;

namespace RewardServer.Tests.Compatibility;

/// <summary>What NeMo-Gym's and ROLL's clients are answered where there is no place for their calls.</summary>
public sealed class BusyTests
{
    [Fact]
    public async Task Each_client_is_told_to_come_again_in_its_own_way()
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
        var question = await client.AskAsync("unknown");
        while (question.GetProperty("errcode").GetInt32() != 1)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
            question = await client.AskAsync("unknown");
        }

        Assert.Equal(JsonValueKind.Null, question.GetProperty("reward_score").ValueKind);
        var submission = await client.CallAsync(HttpMethod.Post, "/roll/submit", RollClient.Submission("5", """{"ground_truth": "5"}""").ToJsonString());
        Assert.Equal(429, submission.GetProperty("errcode").GetInt32());
        Assert.Contains("Server:MaxCalls", submission.GetProperty("errmsg").GetString(), StringComparison.Ordinal);
        Assert.Equal(503, (await client.VerifyAsync(GymRows.Maths())).Status);

        // A server that stops tries nothing again, and its client goes to the next one.
        await app.StopAsync(TestContext.Current.CancellationToken);
        Assert.Null(await holder);
    }
}
