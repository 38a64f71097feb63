using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RewardServer.Tests.Http;

public sealed class VerifyTests(RunningServer server)
{
    [Fact]
    public async Task Pairs_are_compared_in_their_order()
    {
        var (status, body) = await Verify("""{"pairs":[{"id":"a","gold":"1/2","prediction":"0.5"},{"gold":"1/2","prediction":"0.6"},{"id":"c","gold":"\\frac{}{}","prediction":"1"}]}""");
        Assert.Equal(200, status);
        var results = body.GetProperty("results").EnumerateArray().ToArray();
        Assert.Equal([JsonValueKind.True, JsonValueKind.False, JsonValueKind.Null], results.Select(result => result.GetProperty("equal").ValueKind));
        Assert.Equal(["a", null, "c"], results.Select(result => result.GetProperty("id").GetString()));
        Assert.Equal(@"\frac{1}{2}", results[0].GetProperty("gold").GetProperty("latex").GetString());
        Assert.Equal("exact", results[0].GetProperty("stage").GetString());
    }

    [Theory]
    [InlineData(@"So we get \boxed{\frac{1}{2}}.", true)]
    [InlineData(@"<think>maybe 3</think> The answer is **0.5**.", true)]
    [InlineData(@"It follows that $$x = \frac12$$", true)]
    [InlineData("First 7, then 9, in the end 0.5", true)]
    [InlineData("<think>0.5</think> I do not know", false)]
    public async Task An_answer_is_found_in_a_whole_response(string response, bool equal)
    {
        var pair = new JsonObject { ["gold"] = @"The result is $\frac{1}{2}$", ["prediction"] = response };
        var (_, body) = await Verify(new JsonObject { ["pairs"] = new JsonArray(pair) }.ToJsonString());
        Assert.Equal(equal, body.GetProperty("results")[0].GetProperty("equal").GetBoolean());
    }

    [Theory]
    [InlineData("[\"boxed\"]", true)]
    [InlineData("[\"phrase\"]", false)]
    [InlineData("[\"phrase\", \"boxed\"]", false)]
    [InlineData("[\"hash\"]", false)]
    [InlineData("[\"hash\", \"boxed\"]", true)]
    [InlineData("[\"last-number\"]", true)]
    public async Task The_places_of_the_options_decide_where_the_answer_is_looked_for(string places, bool equal)
    {
        var (_, body) = await Verify($$"""{"pairs":[{"gold":"#### 5","prediction":"The answer is 4. Then \\boxed{5}"}],"options":{"places":{{places}} } }""");
        Assert.Equal(equal, body.GetProperty("results")[0].GetProperty("equal").GetBoolean());
    }

    [Theory]
    [InlineData(@"\\boxed{4} and so \\boxed{5}", "several-answer-blocks")]
    [InlineData(@"\\boxed{4} or \\boxed{5}", "hedged-answer several-answer-blocks")]
    [InlineData(@"<think>\\boxed{5}</think> I cannot say.", "answer-only-in-thinking")]
    [InlineData(@"<think>\\boxed{4}</think> \\boxed{5}", "")]
    public async Task What_is_suspect_is_signalled(string response, string signals)
    {
        var (_, body) = await Verify($$"""{"pairs":[{"gold":"5","prediction":"{{response}}"}]}""");
        Assert.Equal(signals, string.Join(' ', body.GetProperty("results")[0].GetProperty("signals").EnumerateArray().Select(s => s.GetString())));
    }

    [Theory]
    [InlineData("{}", "pairs")]
    [InlineData("""{"pairs":[]}""", "pairs")]
    [InlineData("""{"pairs":[null]}""", "pairs[0]")]
    [InlineData("""{"pairs":[{"gold":"1"}]}""", "pairs[0].prediction")]
    [InlineData("""{"pairs":[{"gold":"1","prediction":1}]}""", "pairs[0].prediction")]
    [InlineData("""{"pairs":[{"gold":"1","prediction":"1"}],"options":{"relativeTolerance":2}}""", "options.relativeTolerance")]
    [InlineData("""{"pairs":[{"gold":"1","prediction":"1"}],"options":{"tolerance":0.1}}""", "options.tolerance")]
    [InlineData("""{"pairs":[{"gold":"1","prediction":"1"}],"options":{"absoluteTolerance":-1}}""", "options.absoluteTolerance")]
    [InlineData("""{"pairs":[{"gold":"1","prediction":"1"}],"options":{"strictUnits":"yes"}}""", "options.strictUnits")]
    [InlineData("""{"pairs":[{"gold":"1","prediction":"1"}],"options":{"places":[]}}""", "options.places")]
    [InlineData("""{"pairs":[{"gold":"1","prediction":"1"}],"options":{"places":["boxed","nowhere"]}}""", "options.places[1]")]
    [InlineData("""{"pairs":[{"gold":"1","prediction":"1"}],"options":null}""", "options")]
    public async Task A_malformed_request_is_answered_400_with_the_member_at_fault(string json, string path)
    {
        var (status, body) = await Verify(json);
        Assert.Equal(400, status);
        Assert.Equal(path, Assert.Single(body.GetProperty("errors").EnumerateObject()).Name);
    }

    private async Task<(int, JsonElement)> Verify(string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await server.Client.PostAsync("/v1/verify/math", content, TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken));
    }
}
