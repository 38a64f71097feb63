using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace RewardServer.Tests.Compatibility.NemoSkills;

/// <summary>Calls as NeMo-Skills' client makes them (nemo_skills/code_execution/sandbox.py, LocalSandbox).</summary>
internal static class NemoClient
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A session's name as the client makes one.</summary>
    public static string NewSession() => Guid.NewGuid().ToString();

    /// <summary>The members that the client sends, in its order.</summary>
    public static object Request(string code, string language = "ipython", string input = "", double timeout = 10, int characters = 1000, string verbosity = "Plain") => new
    {
        generated_code = code,
        std_input = input,
        timeout,
        language,
        max_output_characters = characters,
        traceback_verbosity = verbosity,
    };

    /// <summary>Runs a cell.</summary>
    public static Task<JsonElement> CellAsync(this HttpClient client, string session, string code, double timeout = 10, int characters = 1000, string verbosity = "Plain") =>
        client.ExecuteAsync(Request(code, timeout: timeout, characters: characters, verbosity: verbosity), session);

    /// <summary>Posts a request, which must be answered 200.</summary>
    public static async Task<JsonElement> ExecuteAsync(this HttpClient client, object request, string? session = null)
    {
        var (status, body) = await client.TryExecuteAsync(JsonSerializer.Serialize(request), session);
        Assert.True(status == 200, $"{status} {body.GetRawText()}");
        return body;
    }

    /// <summary>Posts a text as it is.</summary>
    public static async Task<(int Status, JsonElement Body)> TryExecuteAsync(this HttpClient client, string json, string? session = null)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, "/execute") { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        if (session is not null)
        {
            message.Headers.Add("X-Session-ID", session);
        }

        using var response = await client.SendAsync(message, Token);
        return ((int)response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>(Token));
    }

    /// <summary>Ends a session.</summary>
    public static async Task<(int Status, JsonElement Body)> EndSessionAsync(this HttpClient client, string session, CancellationToken cancellation)
    {
        using var message = new HttpRequestMessage(HttpMethod.Delete, $"/sessions/{session}") { Headers = { { "X-Session-ID", session } } };
        using var response = await client.SendAsync(message, cancellation);
        return ((int)response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>(cancellation));
    }

    /// <summary>What a cell or a program was answered: exactly these members.</summary>
    public static void Answered(this JsonElement body, string status, string stdout, string stderr = "", bool? isNew = null)
    {
        var names = body.EnumerateObject().Select(member => member.Name).Order();
        Assert.Equal(isNew is null ? ["process_status", "stderr", "stdout"] : ["new_session_created", "process_status", "stderr", "stdout"], names);
        Assert.Equal((status, stdout, stderr), (body.GetProperty("process_status").GetString(), body.GetProperty("stdout").GetString(), body.GetProperty("stderr").GetString()));
        if (isNew is not null)
        {
            Assert.Equal(isNew, body.GetProperty("new_session_created").GetBoolean());
        }
    }
}
