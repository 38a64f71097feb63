using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace RewardServer.Tests.Http.Jobs;

/// <summary>A judge that answers when a test lets it: at once of completions that are "quick", of others not before it is let, and of those that are "faulty" with a fault while it is faulty.</summary>
internal sealed class HeldJudge : IAsyncDisposable
{
    private readonly TaskCompletionSource let = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly DirectoryInfo rubrics = Directory.CreateTempSubdirectory("rewardserver-rubrics-");
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rewardserver-jobs-");
    private WebApplication judge = null!;

    /// <summary>Whether it gives a fault of what is "faulty".</summary>
    public bool IsFaulty { get; set; }

    /// <summary>Where jobs are kept.</summary>
    public string Folder => folder.FullName;

    public static async Task<HeldJudge> StartAsync()
    {
        var held = new HeldJudge();
        held.judge = await OtherServer.StartAsync(held.AnswerAsync);
        const string Judged = """[{"grader": "judge", "options": {"judge": "helpful", "criteria": "Warmth."}}]""";
        await File.WriteAllTextAsync(Path.Combine(held.rubrics.FullName, "judged.json"), $$"""{"name": "judged", "components": {{Judged}} }""");
        await File.WriteAllTextAsync(
            Path.Combine(held.rubrics.FullName, "compared.json"), $$"""{"name": "compared", "components": {{Judged}}, "transforms": [{"transform": "grpo", "name": "advantage"}]}""");
        return held;
    }

    /// <summary>Rows, each with a completion that says how the judge answers.</summary>
    public static string Rows(params string[] completions)
    {
        var rows = new StringBuilder();
        foreach (var (i, completion) in completions.Index())
        {
            rows.Append(CultureInfo.InvariantCulture, $$$"""{"id":"q{{{i + 1}}}","group":"pair {{{i / 2}}}","prompt":"Pair {{{i / 2}}}","completion":"{{{completion}}} {{{i}}}","task":{"kind":"judge","criteria":"Warmth."}}""").Append('\n');
        }

        return rows.ToString();
    }

    /// <summary>So many of two kinds.</summary>
    public static string Rows(int quick, int slow) => Rows([.. Enumerable.Repeat("quick", quick), .. Enumerable.Repeat("slow", slow)]);

    /// <summary>A server that asks it.</summary>
    /// <param name="more">Further settings.</param>
    public Task<WebApplication> ServerAsync(params (string Name, string Value)[] more)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Storage:Folder"] = Folder,
            ["Sandbox:Engine"] = "none",
            ["Rubrics:Folder"] = rubrics.FullName,
            ["Judges:helpful:Url"] = judge.Urls.First(),
            ["Judges:helpful:Model"] = "m",
            ["Judges:helpful:Retries"] = "0",
            ["Judges:helpful:BreakSeconds"] = "0.5",
            ["Judges:helpful:TimeoutSeconds"] = "600",
            ["Judges:helpful:MaxConcurrent"] = "1000",
        };
        foreach (var (name, value) in more)
        {
            settings[name] = value;
        }

        return RunningServer.StartAsync(settings);
    }

    /// <summary>Lets it answer of everything.</summary>
    public void Let() => let.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        Let();
        await judge.DisposeAsync();
        rubrics.Delete(recursive: true);
        folder.Delete(recursive: true);
    }

    private async Task AnswerAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var asked = await reader.ReadToEndAsync(http.RequestAborted);
        if (asked.Contains("slow ", StringComparison.Ordinal))
        {
            await let.Task.WaitAsync(http.RequestAborted);
        }

        if (IsFaulty && asked.Contains("faulty ", StringComparison.Ordinal))
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        await http.Response.WriteAsync("""{"choices":[{"message":{"content":"Score: 4"}}]}""", http.RequestAborted);
    }
}
