using System.Text.Json;
using RewardServer.Jobs.Reports;

namespace RewardServer.Jobs.Tests.Reports;

public sealed class GradedLineTests
{
    [Theory]
    [InlineData("{}", "has no 'id'")]
    [InlineData("7", "has no 'id'")]
    [InlineData("""{"id":1,"outcome":"scored"}""", "has no 'id'")]
    [InlineData("""{"id":"a"}""", "has no 'outcome'")]
    [InlineData("""{"id":"a","outcome":"lost"}""", "has the outcome 'lost', which is none")]
    [InlineData("""{"id":"a","outcome":"scored","reward":null}""", "is scored and has no 'reward'")]
    [InlineData("""{"id":"a","outcome":"scored","reward":1e308}""", "has the reward 1E+308, with which nothing can be reckoned")]
    [InlineData("""{"id":"a","outcome":"skipped","reward":1}""", "is skipped and has a 'reward'")]
    [InlineData("""{"id":"a","outcome":"failed","reward":0}""", "is failed and has a 'reward'")]
    public void What_is_no_result_says_why(string json, string error) => Assert.Equal(error, GradedLine.Read(JsonElement.Parse(json)).Error);

    [Fact]
    public void A_result_of_mathematics_has_its_answer_as_it_was_read()
    {
        var line = ResultLines.Read("""
            {"id":"a","group":"g","row":3,"sample":2,"outcome":"scored","reward":1.5,"completionTokens":7,"completionChars":30,"meta":{"level":3,"deep":{}},"columns":{"subject":"algebra"},
             "components":[{"name":"format","weight":1,"score":1},{"name":"accuracy","weight":1,"score":0,"reason":"different","details":{"extracted":"\\frac 1 2","prediction":{"latex":"\\frac{1}{2}","plain":"1 / 2"}}}]}
            """);
        Assert.Equal<(string, string, long?, long, double?, bool?)>(("a", "g", 3, 2, 1.5, false), (line.Id, line.Group, line.Row, line.Sample, line.Reward, line.Right));
        Assert.Equal<(string?, bool, string?)>(("1/2", true, "different"), (line.Answer, line.Votes, line.Reason));
        Assert.Equal<(double?, double?)>((7, 30), (line.Tokens, line.Characters));
        Assert.Equal(["level=3", "subject=algebra"], line.Columns.Select(column => $"{column.Key}={column.Value}"));
    }

    [Fact]
    public void Half_a_character_is_read_as_its_stand_in_and_as_a_name_passed_over()
    {
        var line = ResultLines.Read("""
            {"\ud83d":1,"id":"a\ud83d","outcome":"scored","reward":0,"meta":{"t":"x\ud83d","\ude00":"y","level":"3"},
             "components":[{"name":"accuracy","weight":1,"score":0,"reason":"no\udc00","details":{"\ud83d":1,"extracted":"z\ud83d"}}]}
            """);
        Assert.Equal(("a\ufffd", "no\ufffd", "z\ufffd"), (line.Id, line.Reason, line.Answer));
        Assert.Equal(["level=3", "t=x\ufffd"], line.Columns.Select(column => $"{column.Key}={column.Value}"));
    }

    [Theory]
    [InlineData(null, "accuracy", "format", true)]
    [InlineData("correct", "correct", "accuracy", false)]
    [InlineData("correct", "accuracy", "correct", true)]
    public void What_is_right_is_told_by_the_component_that_the_line_names(string? rightBy, string wrong, string right, bool isRight)
    {
        var named = rightBy is null ? "" : $"\"rightBy\":\"{rightBy}\",";
        var line = ResultLines.Read($$"""
            {"id":"a",{{named}}"outcome":"scored","reward":0.1,"components":[{"name":"{{wrong}}","weight":1,"score":0,"reason":"they differ"},{"name":"{{right}}","weight":0.1,"score":1,"reason":"so it is"}]}
            """);
        Assert.Equal(rightBy is not null && isRight, line.Right);
    }

    [Fact]
    public void A_result_of_a_program_has_its_measures_and_no_vote()
    {
        var line = ResultLines.Read(ResultLines.Code("p", 0, 0.5, 1.25, 64));
        Assert.Equal<(double?, double?)>((1.25, 64), (line.Seconds, line.MemoryMb));
        Assert.Equal((false, (string?)null, (bool?)false), (line.Votes, line.Answer, line.Right));
    }

    [Fact]
    public void Without_accuracy_what_has_a_reward_above_0_is_right()
    {
        Assert.True(ResultLines.Read("""{"id":"a","outcome":"scored","reward":0.1}""").Right);
        var wrong = ResultLines.Read("""{"id":"a","outcome":"scored","reward":0,"components":[{"name":"length","weight":1,"score":0,"reason":"too long"}]}""");
        Assert.Equal<(bool?, string?, string)>((false, "too long", "a"), (wrong.Right, wrong.Reason, wrong.Group));
    }
}
