using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RewardServer.Tests.Compatibility.NemoGym;

/// <summary>Rows of NeMo-Gym's data sets with responses, as its agents post them.</summary>
internal static class GymRows
{
    public const string Right = """<think>3/6 + 2/6</think> <answer>\boxed{\frac{5}{6}}</answer>""";

    /// <summary>A row of math_with_judge's.</summary>
    public static JsonObject Maths(string text = Right, string answer = "5/6") =>
        With(Message(text), ("question", "What is 1/2 + 1/3?"), ("expected_answer", answer));

    /// <summary>A row with an output and the members of a data set.</summary>
    public static JsonObject With(JsonNode output, params (string Name, JsonNode? Value)[] members)
    {
        var row = JsonNode.Parse("""
            {
              "responses_create_params": {
                "input": [{"content": "You are careful.", "role": "system", "type": "message"}, {"content": "What is 1/2 + 1/3?", "role": "user", "type": "message"}],
                "background": null, "include": null, "max_output_tokens": 1024, "parallel_tool_calls": false, "temperature": 1.0, "tools": [], "top_p": null
              },
              "agent_ref": {"type": "responses_api_agents", "name": "simple_agent"}
            }
            """)!.AsObject();
        foreach (var (name, value) in members)
        {
            row[name] = value;
        }

        row["response"] = JsonNode.Parse("""
            {
              "id": "resp_1", "created_at": 1787000000.25, "error": null, "incomplete_details": null, "instructions": null, "metadata": null, "model": "policy",
              "object": "response", "parallel_tool_calls": false, "temperature": 1.0, "tool_choice": "auto", "tools": [], "status": "completed",
              "usage": {"input_tokens": 31, "input_tokens_details": {"cached_tokens": 0}, "output_tokens": 12, "output_tokens_details": {"reasoning_tokens": 5}, "total_tokens": 43}
            }
            """);
        row["response"]!["output"] = output as JsonArray ?? new JsonArray(output);
        return row;
    }

    public static JsonObject Message(string text) => new()
    {
        ["id"] = "msg_1",
        ["content"] = new JsonArray(new JsonObject { ["annotations"] = new JsonArray(), ["text"] = text, ["type"] = "output_text", ["logprobs"] = null }),
        ["role"] = "assistant",
        ["status"] = "completed",
        ["type"] = "message",
        ["prompt_token_ids"] = new JsonArray(1, 2, 3),
        ["generation_token_ids"] = new JsonArray(4, 5),
        ["generation_log_probs"] = JsonNode.Parse("[-0.12345678901234567, -1e-30]"),
    };

    public static JsonObject Reasoning(string text) => new()
    {
        ["id"] = "rs_1",
        ["summary"] = new JsonArray(new JsonObject { ["text"] = text, ["type"] = "summary_text" }),
        ["type"] = "reasoning",
        ["encrypted_content"] = null,
        ["content"] = null,
    };

    /// <summary>The row, as NeMo-Gym's collection of rollouts numbers it.</summary>
    public static JsonObject OfCollection(this JsonObject row) => row.Marked(("_ng_task_index", 3), ("_ng_rollout_index", 1));

    /// <summary>The row, as NeMo-RL numbers it.</summary>
    public static JsonObject OfNemoRl(this JsonObject row) => row.Marked(("_ng_task_index", 3), ("_rowidx", 1));

    public static async Task<(int Status, JsonElement Body)> VerifyAsync(this HttpClient client, JsonObject row, string path = "/verify")
    {
        using var response = await client.PostAsJsonAsync(path, row, TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken));
    }

    /// <summary>The reward of a row that is scored.</summary>
    public static async Task<double> RewardAsync(this HttpClient client, JsonObject row, string path = "/verify")
    {
        var (status, body) = await client.VerifyAsync(row, path);
        Assert.True(status == 200 && !body.TryGetProperty("_ng_failure_class", out _), body.GetRawText());
        return body.GetProperty("reward").GetDouble();
    }

    private static JsonObject Marked(this JsonObject row, params (string Name, int Value)[] marks)
    {
        foreach (var (name, value) in marks)
        {
            row[name] = value;
        }

        return row;
    }
}
