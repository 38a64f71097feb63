using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RewardServer.Tests.Compatibility.Roll;

/// <summary>Calls as ROLL's client makes them (RewardSystemHandler): a POST, then a GET with a body until the result is there.</summary>
internal static class RollClient
{
    public static JsonObject Submission(string response, string info) => new()
    {
        ["priority"] = 1,
        ["project_id"] = "roll_default_experiment_id",
        ["experiment_id"] = "roll_default_task_id",
        ["global_step"] = 3,
        ["data_id"] = "5f0c",
        ["rollout_id"] = Guid.NewGuid().ToString(),
        ["prompt"] = "system\nYou are helpful.\nuser\nWhat is 1/2 + 1/3?\nassistant\n",
        ["response"] = response,
        ["reward_info"] = JsonNode.Parse(info),
        ["reward_manager"] = JsonNode.Parse("""[{"plugin_name": "math"}]"""),
        ["timeout"] = 300,
    };

    public static async Task<string> SubmitAsync(this HttpClient client, JsonObject submission, string query = "")
    {
        var answer = await client.CallAsync(HttpMethod.Post, "/roll/submit" + query, submission.ToJsonString());
        Assert.True(answer.GetProperty("errcode").GetInt32() == 0, answer.GetRawText());
        return answer.GetProperty("reward_request_id").GetString()!;
    }

    /// <summary>Asks until the result is there; more often than ROLL's every 2 s.</summary>
    public static async Task<JsonElement> ResultAsync(this HttpClient client, string id)
    {
        for (var time = 0; time < 600; time++)
        {
            var answer = await client.AskAsync(id);
            if (answer.GetProperty("errcode").GetInt32() != 1)
            {
                return answer;
            }

            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        throw new InvalidOperationException("no result within a minute");
    }

    public static Task<JsonElement> AskAsync(this HttpClient client, string id) =>
        client.CallAsync(HttpMethod.Get, "/roll/result", new JsonObject { ["reward_request_id"] = id }.ToJsonString());

    /// <summary>Makes a call that must be answered 200, as its client reads no other.</summary>
    public static async Task<JsonElement> CallAsync(this HttpClient client, HttpMethod method, string path, string? body)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        request.Headers.Add("XRL-Authorization", "Bearer t-0123456789abcdef");
        request.Headers.Add("BusinessType", "online");
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True((int)response.StatusCode == 200, $"{response.StatusCode}: {text}");
        return JsonElement.Parse(text);
    }
}
