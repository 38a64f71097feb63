using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace RewardServer.Tests.Compatibility.SandboxFusion;

/// <summary>Calls of trainers' sandboxes, and short ways to read their answers.</summary>
internal static class RunCode
{
    /// <summary>How often a call is repeated before a test gives up that waits for another to hold the server's one place.</summary>
    public const int MostTries = 500;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The members that verl sends, in its order (verl/utils/reward_score/sandbox_fusion/utils.py).</summary>
    public static object Verl(string code, string? stdin = null, double timeout = 10, int memory = 1024, string language = "python") => new
    {
        compile_timeout = timeout,
        run_timeout = timeout,
        code,
        stdin,
        memory_limit_MB = memory,
        language,
        files = new Dictionary<string, string>(),
        fetch_files = Array.Empty<string>(),
    };

    public static async Task<(int Status, JsonElement Body)> AskAsync(this HttpClient client, string path, object request)
    {
        using var response = await client.PostAsJsonAsync(path, request, Token);
        return ((int)response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>(Token));
    }

    /// <summary>Posts a text as it is, with the headers that verl's client sends.</summary>
    public static async Task<(int Status, JsonElement Body)> AskTextAsync(this HttpClient client, string path, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await client.PostAsync(path, content, Token);
        return ((int)response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>(Token));
    }

    /// <summary>Keeps the one place that the server has for a protocol until it is cancelled, whoever comes between.</summary>
    public static Task HoldPlaceAsync(this HttpClient client, string path, object request, CancellationToken over) => Record.ExceptionAsync(async () =>
    {
        while (true)
        {
            using var response = await client.PostAsJsonAsync(path, request, over);
        }
    }).AsTask();

    /// <summary>Asks /run_code as verl does until it is answered that there is no place.</summary>
    public static async Task UntilNoPlaceIsLeftAsync(this HttpClient client)
    {
        var status = 0;
        for (var tries = 0; status != 504; tries++)
        {
            Assert.True(tries < MostTries, "every call had a place");
            (status, _) = await client.AskAsync("/run_code", Verl("print(1)"));
            Assert.Contains(status, (int[])[200, 504]);
        }
    }

    public static string? Text(this JsonElement body, string member) => body.GetProperty(member).GetString();

    /// <summary>The end of a command: its status, return code and standard output.</summary>
    public static (string? Status, int? Code, string? Stdout) End(this JsonElement body, string member = "run_result")
    {
        var result = body.GetProperty(member);
        var code = result.GetProperty("return_code");
        return (result.Text("status"), code.ValueKind == JsonValueKind.Null ? null : code.GetInt32(), result.Text("stdout"));
    }

    public static IEnumerable<string> Names(this JsonElement body) => body.EnumerateObject().Select(member => member.Name);
}
