using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders;

namespace RewardServer.Grading.Tests.Completions;

public sealed class AnswerTaskTests(SharedSandbox sandbox)
{
    [Theory]
    [InlineData("""{"kind":"math"}""", "task.answer")]
    [InlineData("""{"kind":"math","answer":"1","answers":["2"]}""", "task.answers")]
    [InlineData("""{"kind":"choice"}""", "task.answer")]
    [InlineData("""{"kind":"choice","answers":[]}""", "task.answers")]
    [InlineData("""{"kind":"choice","answers":[null]}""", "task.answers[0]")]
    [InlineData("""{"kind":"text"}""", "task.answer")]
    [InlineData("""{"kind":"number"}""", "task.answer")]
    [InlineData("""{"kind":"number","answer":[1,2]}""", "task.answer")]
    [InlineData("""{"kind":"number","answer":1,"relativeTolerance":-1}""", "task.relativeTolerance")]
    [InlineData("""{"kind":"number","answer":1,"unit":""}""", "task.unit")]
    [InlineData("""{"kind":"json"}""", "task.answer")]
    [InlineData("""{"kind":"json","answers":[]}""", "task.answers")]
    [InlineData("""{"kind":"json","answer":null,"answers":[1]}""", "task.answers")]
    [InlineData("""{"kind":"json","answer":1,"absoluteTolerance":-0.1}""", "task.absoluteTolerance")]
    public void A_task_that_is_not_whole_names_the_member(string task, string member) =>
        Assert.Equal(member, Assert.Single(Answering.Item(task, "").Errors()).Member);

    [Theory]
    [InlineData("""{"kind":"choice","answer":"A","choices":{}}""", "task.choices")]
    [InlineData("""{"kind":"choice","answer":"A","choices":{"A":1}}""", "task.choices")]
    [InlineData("""{"kind":"choice","answer":1}""", "task.answer")]
    [InlineData("""{"kind":"text","answer":"x","normalise":"case"}""", "task.normalise")]
    [InlineData("""{"kind":"text","answer":"x","normalize":"words"}""", "task.normalize")]
    [InlineData("""{"kind":"pattern"}""", "task.pattern")]
    [InlineData("""{"kind":"pattern","pattern":"x","match":"part"}""", "task.match")]
    [InlineData("""{"kind":"json","answer":1,"arrays":"any"}""", "task.arrays")]
    [InlineData("""{"kind":"number","answer":true}""", "task.answer")]
    [InlineData("""{"kind":"math","answers":[1]}""", "task.answers")]
    public void A_malformed_task_is_refused_with_the_member_at_fault(string task, string member) =>
        Assert.StartsWith(member, JsonFault.From(Record.Exception(() => Answering.Item(task, ""))!)!.Path, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"kind":"choice","answer":["A","B"],"choices":{"A":"x","B":"y"}}""")]
    [InlineData("""{"kind":"json","answer":null,"schema":{"type":"null"}}""")]
    [InlineData("""{"kind":"json","answers":[1.50,{"a":1}]}""")]
    [InlineData("""{"kind":"number","answer":1.50,"unit":"cm"}""")]
    [InlineData("""{"kind":"text","answers":["a","b"],"normalise":"none"}""")]
    [InlineData("""{"kind":"pattern","pattern":"a","match":"search","ignoreCase":true}""")]
    [InlineData("""{"kind":"math","answers":["1/2","0.5"]}""")]
    public void A_task_that_was_written_is_read_the_same(string task)
    {
        var item = Answering.Item(task, "");
        var written = JsonSerializer.Serialize(item, ItemJson.Options);
        Assert.Equal(written, JsonSerializer.Serialize(JsonSerializer.Deserialize<Item>(written, ItemJson.Options), ItemJson.Options));
        Assert.Empty(item.Errors());
    }

    [Theory]
    [InlineData("""["1/2","x+1"]""", "0.5", 1.0)]
    [InlineData("""["1/2","x+1"]""", "1+x", 1.0)]
    [InlineData("""["1/2","x+1"]""", "2", 0.0)]
    [InlineData("""["\\frac{}{}","3"]""", "3", 1.0)]
    [InlineData("""["\\frac{}{}","3"]""", "\\frac{}{}", 0.0)]
    [InlineData("""["\\frac{}{}"]""", "3", null)]
    public async Task Of_several_golds_of_mathematics_any_that_can_be_read_will_do(string golds, string answer, double? score)
    {
        var found = await Answering.GradeAsync(sandbox, $$"""{"kind":"math","answers":{{golds}}}""", $@"\boxed{{{answer}}}");
        Assert.Equal((score, score is null ? Outcome.Skipped : Outcome.Scored), (found.Score, found.Outcome));
    }

    [Theory]
    [InlineData("""{"kind":"choice","answer":"B"}""")]
    [InlineData("""{"kind":"text","answer":"B"}""")]
    [InlineData("""{"kind":"pattern","pattern":"B"}""")]
    [InlineData("""{"kind":"json","answer":{"B":1}}""")]
    [InlineData("""{"kind":"json","schema":{"type":"object"}}""")]
    [InlineData("""{"kind":"number","answer":2}""")]
    public async Task The_same_item_gives_the_same_bytes_and_none_is_skipped_for_what_was_written(string task)
    {
        string[] pieces = ["<think>", "</think>", "<answer>", "</answer>", @"\boxed{", "}", "{\"B\":1}", "B", "(B)", "2", " or ", "```json\n", "\n```\n", "The answer is ", "not ", "\0", "\uFFFD", "½", "{", "[", "\"", "#### ", "%", "<!--"];
        var random = new Random(6);
        for (var i = 0; i < 150; i++)
        {
            var completion = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => pieces[random.Next(pieces.Length)]));
            var found = await Answering.GradeAsync(sandbox, task, completion);
            Assert.True(found is { Outcome: Outcome.Scored, Score: 0 or 1 }, completion);
            Assert.Equal(
                JsonSerializer.Serialize(found, ItemJson.Options),
                JsonSerializer.Serialize(await Answering.GradeAsync(sandbox, task, completion), ItemJson.Options));
        }
    }
}
