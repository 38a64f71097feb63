using System.Net.Http.Json;
using System.Text.Json;

namespace RewardServer.Tests.Http;

public sealed class WithoutSandboxTests
{
    [Fact]
    public async Task Code_is_skipped_with_the_reason_and_mathematics_is_graded()
    {
        await using var app = await RunningServer.StartAsync(new() { ["Sandbox:Engine"] = "none" });
        using var client = RunningServer.ClientOf(app);
        var request = Requests.Grade(
            Requests.Item("code", "print(1)", """{"kind":"code","language":"python","tests":[{"kind":"stdio","stdin":"","stdout":"1"}]}"""),
            Requests.Item("math", "#### 5", """{"kind":"math","answer":"5"}"""));
        using var response = await client.PostAsJsonAsync("/v1/grade", request, TestContext.Current.CancellationToken);
        var items = (await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("items");
        Assert.Equal("skipped", items[0].GetProperty("outcome").GetString());
        Assert.StartsWith("accuracy: python programs cannot be run here", items[0].GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal("scored", items[1].GetProperty("outcome").GetString());
    }
}
