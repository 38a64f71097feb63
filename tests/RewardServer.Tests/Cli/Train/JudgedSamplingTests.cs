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
            rollouts: {prompts: 64, group: 1}
            sampling: {filter: {accuracy: false, scores: {judge: 0.7}}}
          - name: tuned
            from: base
            fineTuning: {files: [stage:samples]}
        """;

    [Fact]
    public async Task What_a_judge_finds_good_is_kept_and_learned_and_nothing_else()
    {
        var judged = new ConcurrentBag<bool>();
        await using var judge = await OtherServer.StartAsync(async http =>
        {
            using var asked = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
            var messages = asked.RootElement.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("content").GetString()!);
            // What is judged is the last text between marks.
            var isGood = IsGood(Marked().Matches(string.Join('\n', messages)).Last().Groups[1].Value);
            judged.Add(isGood);
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
        Assert.Contains(false, judged);
        Assert.All(kept, completion => Assert.True(IsGood(completion), completion));
        // All of them but those that were cut off: what is good scores 1, and what is not a half.
        foreach (var rollouts in (await File.ReadAllLinesAsync(tiny.File("judged/1-samples/metrics.jsonl"), TestContext.Current.CancellationToken))
            .Select(line => JsonElement.Parse(line)).Where(step => step.TryGetProperty("rollouts", out _)).Select(step => step.GetProperty("rollouts")))
        {
            var (written, score, cut) = (rollouts.GetProperty("completions").GetInt32(), rollouts.GetProperty("components").GetProperty("judge").GetDouble(), rollouts.GetProperty("truncated").GetDouble());
            var good = (2 * written * score) - written;
            Assert.InRange(rollouts.GetProperty("kept").GetInt32(), good - (cut * written) - 1e-6, good + 1e-6);
        }
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
    private static bool IsGood(string text) => text.Count(char.IsAsciiDigit) % 2 == 0;

    [GeneratedRegex(@"\[BEGIN [^\]…]*\]\n(.*?)\n\[END ", RegexOptions.Singleline)]
    private static partial Regex Marked();
}
