using System.Text.Json;
using RewardServer.Tests.Http;

namespace RewardServer.Tests.Compatibility.SandboxFusion.Submit;

/// <summary>Calls as SandboxFusion's client builds them: every member of its models, those that nobody set as null.</summary>
internal static class Submissions
{
    public static object Request(
        string completion, object? data, string? type = null, string? language = null, string dataset = "mine", object? id = null, bool? fewshot = null,
        double? seconds = null, string? logic = null, object? extra = null) => new
        {
            dataset,
            id = id ?? 1,
            completion,
            config = new
            {
                dataset_type = type,
                language,
                locale = (string?)null,
                is_fewshot = fewshot,
                compile_timeout = (double?)null,
                run_timeout = seconds,
                custom_extract_logic = logic,
                provided_data = data,
                extra = extra ?? new { },
            },
        };

    /// <summary>Posts to <c>/submit</c> and expects that the completion was judged.</summary>
    public static async Task<JsonElement> SubmitAsync(this RunningServer server, object request, string query = "")
    {
        server.NeedSandbox();
        var (status, body) = await server.Client.AskAsync("/submit" + query, request);
        Assert.True(status == 200, body.GetRawText());
        return body;
    }

    /// <summary>Posts to <c>/submit</c> and gives the status and what is told of it.</summary>
    public static async Task<(int Status, string Detail)> RefusedAsync(this RunningServer server, object request)
    {
        var (status, body) = await server.Client.AskAsync("/submit", request);
        Assert.True(status != 200, body.GetRawText());
        return (status, body.Text("detail")!);
    }

    public static bool Accepted(this JsonElement body) => body.GetProperty("accepted").GetBoolean();

    public static IReadOnlyList<bool> Passed(this JsonElement body) =>
        [.. body.GetProperty("tests").EnumerateArray().Select(test => test.GetProperty("passed").GetBoolean())];

    public static JsonElement Info(this JsonElement body, int test = 0) => body.GetProperty("tests")[test].GetProperty("exec_info");

    public static string Fenced(string code, string language = "python") => $"Here it is.\n\n```{language}\n{code}\n```\nThat is all.";

    /// <summary>A row of CommonOJDataset.</summary>
    public static object Oj(params (string Stdin, string Stdout)[] tests) => new
    {
        id = 1,
        content = "?",
        labels = new { },
        test = tests.Select(test => new { input = new { stdin = test.Stdin }, output = new { stdout = test.Stdout } }),
    };

    /// <summary>A call of CommonOJDataset.</summary>
    public static object OjRequest(string completion, params (string Stdin, string Stdout)[] tests) => Request(completion, Oj(tests), "CommonOJDataset", "python");
}
