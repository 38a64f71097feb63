using System.Net.Http.Json;
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
        Task<Exception?> Hold() => Record.ExceptionAsync(() => client.PostAsJsonAsync("/verify", row, TestContext.Current.CancellationToken)).AsTask();
        var holder = Hold();
        var status = 0;
        for (var time = 0; status != 503 && time < 600; time++)
        {
            // Its rubric asks no judge: until the holder has come, there is a place.
            (status, var answer) = await client.VerifyAsync(GymRows.Maths(), "/verify?rubric=r1-zero");
            Assert.True(status is 200 or 503, answer.GetRawText());
            // Where this call had the only place, the holder was turned away.
            holder = holder.IsCompleted ? Hold() : holder;
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        Assert.Equal(503, status);
        // What ROLL's client is refused, it comes with again five times in seconds, and then trains on 0.
        var id = await client.SubmitAsync(RollClient.Submission("<answer>5</answer>", """{"ground_truth": "5"}"""));
        Assert.Equal(1, (await client.ResultAsync(id)).GetProperty("reward_score").GetDouble());

        // A server that stops tries nothing again, and its client goes to the next one.
        await app.StopAsync(TestContext.Current.CancellationToken);
        Assert.Null(await holder);
    }
}
