using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using RewardServer.Tests.Http;

namespace RewardServer.Tests.Cli.Train;

/// <summary>Rejection sampling where no rule decides: a judge does.</summary>
[Collection(nameof(TinyRun))]
public sealed partial class JudgedSamplingTests(TinyRun tiny)
{
    private const string Stages = """

        rubric:
          components:
            - grader: format
            - {grader: judge, weight: 0, options: {judge: warm, part: whole, criteria: Warmth.}}
        stages:
          - name: samples
            rollouts: {prompts: 16}
            sampling: {filter: {accuracy: false, scores: {judge: 0.7}}}
          - name: tuned
            from: base
            fineTuning: {files: [stage:samples]}
        """;

    [Fact]
    public async Task What_a_judge_finds_good_is_kept_and_learned_and_nothing_else()
    {
        var judged = new ConcurrentBag<(string Digits, bool IsGood)>();
        await using var judge = await OtherServer.StartAsync(async http =>
        {
            using var asked = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
            var messages = asked.RootElement.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("content").GetString()!);
            // What is judged is the last text between marks.
            var text = Marked().Matches(string.Join('\n', messages)).Last().Groups[1].Value;
            var isGood = IsGood(text);
            judged.Add((Digits(text), isGood));
            await http.Response.WriteAsync($$$"""{"choices":[{"message":{"content":"Read.\nScore: {{{(isGood ? 8 : 4)}}}"}}]}""", http.RequestAborted);
        });
        await File.WriteAllTextAsync(tiny.File("judged.yaml"), TinyRun.Yaml.Replace("rubric: r1-zero\n", "", StringComparison.Ordinal) + Stages, TestContext.Current.CancellationToken);
        Dictionary<string, string?> settings = new()
        {
            ["Judges:warm:Url"] = judge.Urls.First(), ["Judges:warm:Model"] = "m", ["Judges:warm:ScoreScale:0"] = "0", ["Judges:warm:ScoreScale:1"] = "8",
        };
        var (code, output, error) = await tiny.AskAsync(settings, "", ["--train", tiny.File("judged.yaml"), "--run", tiny.File("judged"), "--threads", "1"]);
        Assert.True(code == 0, error);
        Assert.Contains("stage 2, tuned, is done", output, StringComparison.Ordinal);
        string[] kept = [.. Directory.GetFiles(tiny.File("judged/1-samples/samples")).SelectMany(File.ReadAllLines)
            .Select(line => JsonElement.Parse(line).GetProperty("completion").GetString()!)];
        Assert.NotEmpty(kept);
        Assert.Contains(judged, one => !one.IsGood);
        Assert.All(kept, completion => Assert.True(IsGood(completion), completion));
        Assert.Equal(judged.Where(one => one.IsGood).Select(one => one.Digits).Distinct().Order(StringComparer.Ordinal), kept.Select(Digits).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_judge_that_the_settings_lack_is_told_before_anything_is_trained()
    {
        await File.WriteAllTextAsync(tiny.File("lacking.yaml"), TinyRun.Yaml.Replace("rubric: r1-zero\n", "", StringComparison.Ordinal) + Stages, TestContext.Current.CancellationToken);
        var (code, _, error) = await tiny.TrainAsync("--train", tiny.File("lacking.yaml"), "--run", tiny.File("lacking"));
        Assert.Equal(2, code);
        Assert.Contains("'warm' is not a judge", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(tiny.File("lacking")));
    }

    // Marks and tags are shown to a judge otherwise than they were written; digits stay what they are.
    private static bool IsGood(string text) => Digits(text).Length % 2 == 0;

    private static string Digits(string text) => string.Concat(text.Where(char.IsAsciiDigit));

    [GeneratedRegex(@"\[BEGIN [^\]…]*\]\n(.*?)\n\[END ", RegexOptions.Singleline)]
    private static partial Regex Marked();
}
