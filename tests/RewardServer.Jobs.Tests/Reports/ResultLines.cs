using System.Text.Json;
using RewardServer.Jobs.Reports;

namespace RewardServer.Jobs.Tests.Reports;

/// <summary>Lines of results as grade writes them.</summary>
internal static class ResultLines
{
    /// <summary>A line of mathematics that was scored.</summary>
    public static string Maths(string problem, int sample, double reward, string? answer, string level = "1", string reason = "the values differ: 3 and 5", int characters = 100) => $$$$"""
        {"row":{{{{sample + 1}}}},"sample":{{{{sample}}}},"rubric":"r1@1","rubricHash":"00ff","engine":"1.0","completionChars":{{{{characters}}}},"columns":{"level":"{{{{level}}}}","source":"{{{{problem}}}}-{{{{sample}}}}"},"id":"{{{{problem}}}}#{{{{sample}}}}","group":"{{{{problem}}}}","outcome":"scored","reward":{{{{JsonSerializer.Serialize(reward)}}}},"reason":null,"components":[{"name":"accuracy","weight":1,"score":{{{{(reward >= 1 ? 1 : 0)}}}},"contribution":0,"outcome":"scored","reason":"{{{{reason}}}}","signals":[],"details":{"extracted":{{{{JsonSerializer.Serialize(answer)}}}},"source":"boxed","stage":"exact","prediction":null,"gold":null}}]}
        """;

    /// <summary>A line without a reward.</summary>
    public static string Without(string problem, int sample, string outcome, string reason) =>
        $$$$"""{"row":{{{{sample + 1}}}},"sample":{{{{sample}}}},"rubric":"r1@1","rubricHash":"00ff","engine":"1.0","id":"{{{{problem}}}}#{{{{sample}}}}","group":"{{{{problem}}}}","outcome":"{{{{outcome}}}}","reward":null,"reason":"{{{{reason}}}}","components":[]}""";

    /// <summary>A line of a program with two tests.</summary>
    public static string Code(string problem, int sample, double score, double seconds, double memory) => $$$$"""
        {"row":{{{{sample + 1}}}},"sample":{{{{sample}}}},"completionChars":50,"completionTokens":20,"id":"{{{{problem}}}}#{{{{sample}}}}","group":"{{{{problem}}}}","outcome":"scored","reward":{{{{JsonSerializer.Serialize(score)}}}},"reason":null,"components":[{"name":"accuracy","weight":1,"score":{{{{JsonSerializer.Serialize(score)}}}},"outcome":"scored","reason":"0 of 2 tests passed","signals":[],"details":{"extracted":"print(1)","rule":"fence","passed":0,"tests":[{"index":0,"measured":{"cpuSeconds":0.1,"wallSeconds":{{{{JsonSerializer.Serialize(seconds)}}}},"peakMemoryMb":{{{{JsonSerializer.Serialize(memory)}}}},"queueSeconds":9}},{"index":1,"status":"not-run","measured":{"cpuSeconds":0,"wallSeconds":0,"peakMemoryMb":0,"queueSeconds":0}}]}}]}
        """;

    /// <summary>A line as a report takes it.</summary>
    public static GradedLine Read(string json) => GradedLine.Read(JsonElement.Parse(json)) is { Line: { } line } ? line : throw new ArgumentException(json);

    /// <summary>The report of lines.</summary>
    public static Report Report(IEnumerable<string> lines, ReportOptions? options = null)
    {
        using var builder = new ReportBuilder(options);
        foreach (var line in lines)
        {
            builder.Add(Read(line));
        }

        return builder.Build();
    }
}
