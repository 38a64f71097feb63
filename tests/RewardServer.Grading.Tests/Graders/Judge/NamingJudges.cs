using System.Text.Json;
using RewardServer.Grading.Graders.Judge;

namespace RewardServer.Grading.Tests.Graders.Judge;

/// <summary>The owner's settings, and the rubrics that name what they hold.</summary>
public sealed class NamingJudges(SharedSandbox sandbox)
{
    private static readonly JudgeSettings Good = new() { Url = "http://127.0.0.1:1/v1/chat/completions", Model = "m" };

    public static TheoryData<string, string> Faults => new()
    {
        { "Kind", """{"kind":"oracle"}""" },
        { "Url", """{"url":"judges:8000"}""" },
        { "Url", """{"url":"ftp://judges/"}""" },
        { "Url", """{"url":"http://me:secret@judges/"}""" },
        { "Model", """{"model":" "}""" },
        { "TimeoutSeconds", """{"timeoutSeconds":0}""" },
        { "Retries", """{"retries":-1}""" },
        { "RetryDelaySeconds", """{"retryDelaySeconds":0}""" },
        { "BreakSeconds", """{"breakSeconds":0.1}""" },
        { "MaxConcurrent", """{"maxConcurrent":0}""" },
        { "MaxQueued", """{"maxQueued":-1}""" },
        { "MaxCharacters", """{"maxCharacters":10}""" },
        { "Samples", """{"samples":0}""" },
        { "Samples", """{"samples":2}""" },
        { "Temperature", """{"temperature":3}""" },
        { "MaxTokens", """{"maxTokens":0}""" },
        { "ScoreScale", """{"scoreScale":[1]}""" },
        { "ScoreScale", """{"scoreScale":[10,1]}""" },
        { "Template", """{"template":"Is it good?"}""" },
        { "Template", """{"template":"{response} {answer}"}""" },
        { "Input", """{"input":"messages"}""" },
        { "Input", """{"kind":"classify","input":"pictures"}""" },
        { "LabelScores", """{"kind":"classify","labelScores":{"good":2}}""" },
        { "ScorePath", """{"kind":"bradley-terry","scorePath":"data[x]"}""" },
        { "RewardScale", """{"kind":"bradley-terry","rewardScale":0}""" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Each_setting_out_of_its_range_is_told(string setting, string json)
    {
        var changed = JsonSerializer.SerializeToNode(Good, JsonSerializerOptions.Web)!.AsObject();
        foreach (var (name, value) in JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json)!)
        {
            changed[name] = JsonSerializer.SerializeToNode(value);
        }

        var error = Assert.Single(JudgeSet.Errors(new Dictionary<string, JudgeSettings> { ["helpful"] = changed.Deserialize<JudgeSettings>(JsonSerializerOptions.Web)! }));
        Assert.StartsWith($"helpful:{setting}: ", error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error, StringComparison.Ordinal);
    }

    [Fact]
    public void All_errors_of_all_judges_are_told_at_once() =>
        Assert.Equal(
            ["a", "a:ApiKey", "a:NonceKey", "b b"],
            JudgeSet.Errors(new Dictionary<string, JudgeSettings> { ["b b"] = Good, ["a"] = Good with { ApiKey = "line\nline", NonceKey = "short", Retries = 11 } })
                .Select(error => error[..error.IndexOf(": ", StringComparison.Ordinal)]).Select(name => name == "a:Retries" ? "a" : name).Order());

    [Fact]
    public void A_judge_without_faults_has_no_errors_and_shows_no_secret()
    {
        var settings = Good with { ApiKey = "sk-0123456789", NonceKey = "0123456789abcdef" };
        Assert.Empty(settings.Errors());
        Assert.Equal("chat m", settings.ToString());
        Assert.DoesNotContain("0123456789", JsonSerializer.Serialize(settings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"judge":"k"}""", "components[0].options.judge: 'k' is not a judge; there are: j")]
    [InlineData("{}", "components[0].options.judge: is required")]
    [InlineData("""{"judge":null}""", "components[0].options.judge: must not be null")]
    [InlineData("""{"judge":"j","url":"http://127.0.0.1/"}""", "components[0].options.url: is not a known member")]
    [InlineData("""{"judge":"j","part":"end"}""", "components[0].options.part: must be one of: whole, thinking, response")]
    public async Task A_rubric_names_a_judge_that_there_is(string options, string error)
    {
        await using var server = await JudgeServer.SayingAsync("Score: 10");
        using var judging = Judging.By(sandbox, server);
        Assert.Equal([error], Errors(judging, "judge", options));
    }

    [Theory]
    [InlineData("bradley-terry")]
    [InlineData("classify")]
    public async Task Criteria_that_a_judge_does_not_read_do_no_harm(string kind)
    {
        await using var server = await JudgeServer.SayingAsync("Score: 10");
        using var rewards = Judging.By(sandbox, server, judge => judge with { Kind = kind });
        Assert.Empty(Errors(rewards, "judge", """{"judge":"j","criteria":"Warmth."}"""));
    }

    [Theory]
    [InlineData("chat", """{"judge":"k"}""", "components[0].options.judge: 'k' is not a judge; there are: j")]
    [InlineData("chat", """{"shadow":0.5}""", "components[0].options.shadow: is of no use without judge")]
    [InlineData("chat", """{"judge":"j","shadow":1.5}""", "components[0].options.shadow: must be from 0 to 1")]
    [InlineData("bradley-terry", """{"judge":"j"}""", "components[0].options.judge: 'j' is of kind bradley-terry, which does not tell right from wrong")]
    public async Task So_does_the_accuracy(string kind, string options, string error)
    {
        await using var server = await JudgeServer.SayingAsync("Score: 10");
        using var judging = Judging.By(sandbox, server, judge => judge with { Kind = kind });
        Assert.Equal([error], Errors(judging, "accuracy", options));
    }

    private static IEnumerable<string> Errors(Judging judging, string grader, string options) =>
        judging.Compile($$$"""{"components":[{"grader":"{{{grader}}}","options":{{{options}}} }]}""").Errors.Select(error => $"{error.Path}: {error.Message}");
}
