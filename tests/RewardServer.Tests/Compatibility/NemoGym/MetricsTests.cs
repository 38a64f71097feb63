using System.Text;
using System.Text.Json;
using RewardServer.Tests.Http;

namespace RewardServer.Tests.Compatibility.NemoGym;

/// <summary>The metrics that NeMo-Gym's evaluations ask for; the expected values follow from the definitions by hand.</summary>
public sealed class MetricsTests(RunningServer server)
{
    // Two tasks; of the first, one of three rollouts is right, of the second both.
    private const string Rows = """
        {"verify_responses": [
          {"_ng_task_index": 0, "_ng_rollout_index": 0, "reward": 2.0, "accuracy": 1, "extracted_answer": "5", "response": {"usage": {"output_tokens": 10}}},
          {"_ng_task_index": 0, "_ng_rollout_index": 2, "reward": 0.0, "accuracy": 0, "extracted_answer": null, "response": {"usage": {"output_tokens": 30}}},
          {"_ng_task_index": 0, "_ng_rollout_index": 1, "reward": 1.0, "accuracy": 0, "extracted_answer": "6", "response": {"usage": {"output_tokens": 20}}, "resolved": true},
          {"_ng_task_index": 7, "_ng_rollout_index": 0, "reward": 2.0, "accuracy": 1, "extracted_answer": "x", "agent_ref": {"name": "a"}},
          {"_ng_task_index": 7, "_ng_rollout_index": 1, "reward": 2.0, "accuracy": 1, "extracted_answer": "x"}
        ]}
        """;

    [Fact]
    public async Task Numbers_are_described_over_all_rollouts_and_per_task()
    {
        var body = await AggregateAsync(Rows);
        var all = body.GetProperty("agent_metrics");
        Assert.Equal((1.4, 2.0, 0.0, 2.0), (Number(all, "mean/reward"), Number(all, "max/reward"), Number(all, "min/reward"), Number(all, "median/reward")));
        Assert.Equal(Math.Sqrt(0.8), Number(all, "std/reward"), 12);
        Assert.Equal((20.0, 10.0, 1.0), (Number(all, "mean/output_tokens"), Number(all, "std/output_tokens"), Number(all, "mean/resolved")));
        Assert.False(all.TryGetProperty("std/resolved", out _));
        Assert.False(all.TryGetProperty("mean/_ng_task_index", out _));

        var groups = body.GetProperty("group_level_metrics");
        Assert.Equal([0, 7], groups.EnumerateArray().Select(group => group.GetProperty("_ng_task_index").GetInt32()));
        Assert.Equal((1.0, 3.0), (Number(groups[0], "mean/reward"), Number(groups[0], "num_rollouts")));
        Assert.Equal(["0:0", "0:1", "0:2"], groups[0].GetProperty("rollout_infos").EnumerateArray().Select(info => info.GetProperty("rollout_id").GetString()));
        Assert.Equal(0, Number(groups[1], "std/reward"));
    }

    [Fact]
    public async Task How_right_k_rollouts_are_is_told_in_per_cent()
    {
        var body = await AggregateAsync(Rows);
        var all = body.GetProperty("agent_metrics");
        Assert.Equal(100 * ((1 / 3.0) + 1) / 2, Number(all, "pass@1/accuracy"), 9);
        Assert.Equal(100 * ((1 - (1 / 3.0)) + 1) / 2, Number(all, "pass@2/accuracy"), 9);
        Assert.Equal(100, Number(all, "pass@3/accuracy"), 9);
        Assert.Equal(100 * (0.5 + 1) / 2, Number(all, "pass@1[avg-of-2]/accuracy"), 9);
        Assert.Equal(100 * (0.5 + 1) / 2, Number(all, "majority@3/accuracy"), 9);

        var key = body.GetProperty("key_metrics");
        Assert.Equal(1.4, Number(key, "mean/reward"));
        Assert.Equal(
            ["majority@3/accuracy", "pass@1[avg-of-3]/accuracy", "pass@3/accuracy"],
            key.EnumerateObject().Select(metric => metric.Name).Where(name => name.Contains('@', StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task One_rollout_alone_has_no_spread()
    {
        var body = await AggregateAsync("""{"verify_responses": [{"reward": 0.5}]}""");
        Assert.Equal((0.5, 0.0), (Number(body.GetProperty("agent_metrics"), "median/reward"), Number(body.GetProperty("agent_metrics"), "std/reward")));
        Assert.Equal(50, Number(body.GetProperty("key_metrics"), "pass@1/accuracy"));
    }

    [Fact]
    public async Task No_rollouts_have_no_metrics() =>
        Assert.Equal("""{"group_level_metrics":[],"agent_metrics":{},"key_metrics":{}}""", (await AggregateAsync("""{"verify_responses": []}""")).GetRawText());

    [Theory]
    [InlineData("""{"verify_responses": [{"reward": 1e999, "huge": 1e308, "more": "text", "list": [1]}, {"huge": 1e308}]}""")]
    [InlineData("""{"verify_responses": [{}, {"_ng_task_index": "a"}, {"response": 5}]}""")]
    public async Task Odd_values_are_passed_over(string request) =>
        Assert.Equal(JsonValueKind.Object, (await AggregateAsync(request)).GetProperty("agent_metrics").ValueKind);

    [Theory]
    [InlineData("{}", "verify_responses")]
    [InlineData("""{"verify_responses": null}""", "verify_responses")]
    [InlineData("""{"verify_responses": [null]}""", "verify_responses[0]")]
    [InlineData("""{"verify_responses": [5]}""", "verify_responses[0]")]
    public async Task A_malformed_request_names_its_fault(string request, string member)
    {
        var (status, body) = await PostAsync(request);
        Assert.Equal(400, status);
        Assert.True(body.GetProperty("errors").TryGetProperty(member, out _), body.GetRawText());
    }

    private static double Number(JsonElement metrics, string name) => metrics.GetProperty(name).GetDouble();

    private async Task<JsonElement> AggregateAsync(string request)
    {
        var (status, body) = await PostAsync(request);
        Assert.True(status == 200, body.GetRawText());
        return body;
    }

    private async Task<(int Status, JsonElement Body)> PostAsync(string request)
    {
        using var content = new StringContent(request, Encoding.UTF8, "application/json");
        using var response = await server.Client.PostAsync("/aggregate_metrics", content, TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, JsonElement.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }
}
