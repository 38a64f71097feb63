using System.Net.Http.Json;
using System.Text.Json;
using RewardServer.Tests.Http;

namespace RewardServer.Tests.Cli;

public sealed class ServeTests
{
    [Fact]
    public async Task It_says_where_it_listens_what_it_can_run_and_where_the_page_is()
    {
        await using var program = RewardServerProcess.Start("--urls", "http://127.0.0.1:0");
        var listening = await program.LineWithAsync("listening");
        await program.LineWithAsync("sandbox");
        await program.LineWithAsync("languages");
        Assert.Contains("/docs", await program.LineWithAsync("API page"));
        using var client = new HttpClient { BaseAddress = new Uri(listening.Split("listening")[1].Trim()) };
        var request = Requests.Grade(Requests.Item("a", "<think>x</think><answer>5</answer>", """{"kind":"math","answer":"5"}"""));
        using var response = await client.PostAsJsonAsync("/v1/grade", request, TestContext.Current.CancellationToken);
        var body = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.Equal(2, body.GetProperty("items")[0].GetProperty("reward").GetDouble());
    }

    [Fact]
    public async Task Beyond_loopback_it_refuses_to_start_without_a_key()
    {
        var (code, _, error) = await RewardServerProcess.RunAsync("", "--urls", "http://0.0.0.0:0");
        Assert.Equal(2, code);
        Assert.Contains("API key", error);
    }

    [Theory]
    [InlineData("--url")]
    [InlineData("serve")]
    [InlineData("grade")]
    public async Task Arguments_that_cannot_be_used_are_told(string argument)
    {
        var (code, _, error) = await RewardServerProcess.RunAsync("", argument);
        Assert.Equal(2, code);
        Assert.StartsWith("rewardserver: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_explains_every_verb_and_flag()
    {
        var (code, output, _) = await RewardServerProcess.RunAsync("", "--help");
        Assert.Equal(0, code);
        Assert.All(["--urls", "--allow-anonymous", "grade", "Sandbox__Engine"], word => Assert.Contains(word, output));
        Assert.Contains("Trainers__Rubric", output, StringComparison.Ordinal);
        Assert.Contains("Storage__Folder", output, StringComparison.Ordinal);
        var (_, grade, _) = await RewardServerProcess.RunAsync("", "grade", "--help");
        Assert.All(["--input", "--output", "--rubric"], word => Assert.Contains(word, grade));
    }
}
