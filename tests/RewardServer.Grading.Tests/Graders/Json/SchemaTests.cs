using System.Text;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Rubrics;

namespace RewardServer.Grading.Tests.Graders.Json;

public sealed class SchemaTests(SharedSandbox sandbox)
{
    [Theory]
    [InlineData("""{"type":"integer"}""", "1.0", 1)]
    [InlineData("""{"type":"integer"}""", "1.5", 0)]
    [InlineData("""{"type":["string","null"]}""", "null", 1)]
    [InlineData("""{"type":"number"}""", "\"1\"", 0)]
    [InlineData("""{"const":{"a":1}}""", """{"a":1.0}""", 1)]
    [InlineData("""{"enum":["1"]}""", "1", 0)]
    [InlineData("""{"enum":[1,2]}""", "2e0", 1)]
    [InlineData("""{"maximum":9007199254740992}""", "9007199254740993", 0)]
    [InlineData("""{"minimum":-1.5}""", "-1.5", 1)]
    [InlineData("""{"minimum":-1.5}""", "-1.51", 0)]
    [InlineData("""{"exclusiveMinimum":1}""", "1", 0)]
    [InlineData("""{"exclusiveMaximum":1}""", "1e-400", 1)]
    [InlineData("""{"multipleOf":0.1}""", "0.3", 1)]
    [InlineData("""{"multipleOf":0.1}""", "0.35", 0)]
    [InlineData("""{"multipleOf":7}""", "123456789012345678901234567892", 0)]
    [InlineData("""{"maxLength":1}""", "\"😀\"", 1)]
    [InlineData("""{"minLength":2}""", "\"😀\"", 0)]
    [InlineData("""{"pattern":"^\\d+$"}""", "\"12\"", 1)]
    [InlineData("""{"pattern":"^\\d+$"}""", "\"12\\n\"", 0)]
    [InlineData("""{"pattern":"^[\\d$]+$"}""", "\"1$\"", 1)]
    [InlineData("""{"pattern":"^\\d+$"}""", "\"١\"", 0)]
    [InlineData("""{"pattern":"b"}""", "\"abc\"", 1)]
    [InlineData("""{"pattern":"^(a+)+$"}""", "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\"", 0)]
    [InlineData("""{"prefixItems":[{"type":"string"}],"items":{"type":"integer"}}""", """["a",1,2]""", 1)]
    [InlineData("""{"prefixItems":[{"type":"string"}],"items":false}""", """["a",1]""", 0)]
    [InlineData("""{"items":[{"type":"string"}],"additionalItems":false}""", """["a",1]""", 0)]
    [InlineData("""{"items":{"type":"string"}}""", """["a",1]""", 0)]
    [InlineData("""{"contains":{"type":"string"}}""", "[1]", 0)]
    [InlineData("""{"contains":{"type":"string"},"minContains":2}""", """["a",1]""", 0)]
    [InlineData("""{"contains":{"type":"string"},"minContains":0,"maxContains":1}""", "[1]", 1)]
    [InlineData("""{"uniqueItems":true}""", "[1,2,1.0]", 0)]
    [InlineData("""{"uniqueItems":true}""", "[1,2,[1],\"1\"]", 1)]
    [InlineData("""{"minItems":1,"maxItems":2}""", "[]", 0)]
    [InlineData("""{"minItems":1,"maxItems":2}""", "[1,2]", 1)]
    [InlineData("""{"required":["a"],"properties":{"a":{"type":"string"}},"additionalProperties":false}""", """{"a":"x"}""", 1)]
    [InlineData("""{"required":["a"],"properties":{"a":{"type":"string"}},"additionalProperties":false}""", """{"a":"x","b":1}""", 0)]
    [InlineData("""{"required":["a"],"properties":{"a":{"type":"string"}},"additionalProperties":false}""", "{}", 0)]
    [InlineData("""{"patternProperties":{"^x":{"type":"integer"}},"additionalProperties":{"type":"string"}}""", """{"x1":1,"y":"s"}""", 1)]
    [InlineData("""{"patternProperties":{"^x":{"type":"integer"}}}""", """{"x1":"1"}""", 0)]
    [InlineData("""{"propertyNames":{"maxLength":1}}""", """{"ab":1}""", 0)]
    [InlineData("""{"minProperties":1,"maxProperties":1}""", """{"ab":1}""", 1)]
    [InlineData("""{"dependentRequired":{"a":["b"]}}""", """{"a":1}""", 0)]
    [InlineData("""{"dependentSchemas":{"a":{"required":["b"]}}}""", """{"a":1,"b":1}""", 1)]
    [InlineData("""{"dependencies":{"a":["b"],"c":{"required":["d"]}}}""", """{"c":1}""", 0)]
    [InlineData("""{"if":{"type":"integer"},"then":{"minimum":5},"else":{"type":"string"}}""", "2", 0)]
    [InlineData("""{"if":{"type":"integer"},"then":{"minimum":5},"else":{"type":"string"}}""", "\"x\"", 1)]
    [InlineData("""{"allOf":[{"type":"integer"},{"minimum":5}]}""", "4", 0)]
    [InlineData("""{"anyOf":[{"type":"integer"},{"minimum":5}]}""", "4", 1)]
    [InlineData("""{"oneOf":[{"type":"integer"},{"minimum":5}]}""", "6", 0)]
    [InlineData("""{"not":{"type":"integer"}}""", "6", 0)]
    [InlineData("""{"$defs":{"a/b":{"type":"integer"}},"$ref":"#/$defs/a~1b"}""", "6", 1)]
    [InlineData("""{"definitions":{"n":{"properties":{"next":{"$ref":"#/definitions/n"}},"required":["v"]}},"$ref":"#/definitions/n"}""", """{"v":1,"next":{"next":{"v":2}}}""", 0)]
    [InlineData("""{"items":{"$ref":"#"},"type":"array"}""", "[[],[[]]]", 1)]
    [InlineData("true", "6", 1)]
    [InlineData("false", "6", 0)]
    [InlineData("""{"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://example.com/a","title":"x","format":"email","x-note":1}""", "6", 1)]
    public async Task An_answer_holds_to_a_schema_or_it_does_not(string schema, string answer, double score) =>
        Assert.Equal(score, (await GradeAsync(schema, answer)).Score);

    [Fact]
    public async Task A_fault_is_told_by_its_place() =>
        Assert.Equal(
            "the answer does not hold to the schema: $.a[1] is not of type string",
            (await GradeAsync("""{"properties":{"a":{"items":{"type":"string"}}}}""", """{"a":["x",1]}""")).Reason);

    [Fact]
    public async Task A_gold_and_a_schema_must_both_be_met()
    {
        const string Task = """{"kind":"json","answer":[1,2],"arrays":"unordered","schema":{"items":{"type":"integer"}}}""";
        Assert.Equal(1, (await Answering.GradeAsync(sandbox, Task, "<answer>[2,1]</answer>")).Score);
        Assert.Equal(0, (await Answering.GradeAsync(sandbox, Task, "<answer>[2,3]</answer>")).Score);
    }

    [Theory]
    [InlineData("""{"type":"strin"}""")]
    [InlineData("""{"typ":"string"}""")]
    [InlineData("""{"properties":[]}""")]
    [InlineData("""{"properties":{"a":1}}""")]
    [InlineData("""{"maxLength":-1}""")]
    [InlineData("""{"multipleOf":0}""")]
    [InlineData("""{"pattern":"("}""")]
    [InlineData("""{"pattern":"(a)\\1"}""")]
    [InlineData("""{"pattern":"(a{1000}){1000}"}""")]
    [InlineData("""{"patternProperties":{"(?=a)":true}}""")]
    [InlineData("""{"allOf":[]}""")]
    [InlineData("""{"$ref":"#"}""")]
    [InlineData("""{"allOf":[{"$ref":"#"}]}""")]
    [InlineData("""{"$defs":{"a":{"anyOf":[{"$ref":"#/$defs/b"}]},"b":{"not":{"$ref":"#/$defs/a"}}},"$ref":"#/$defs/a"}""")]
    [InlineData("""{"$ref":"#/$defs/a"}""")]
    [InlineData("""{"$ref":"http://127.0.0.1:1/x"}""")]
    [InlineData("""{"$ref":"file:///etc/passwd"}""")]
    [InlineData("""{"$ref":"other.json"}""")]
    [InlineData("""{"unevaluatedProperties":false}""")]
    [InlineData("""{"exclusiveMaximum":true}""")]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("null")]
    [InlineData("1")]
    public async Task A_schema_that_cannot_be_used_is_skipped_whatever_the_candidate_wrote(string schema)
    {
        foreach (var answer in new[] { "1", "no JSON" })
        {
            var found = await GradeAsync(schema, answer);
            Assert.Equal((Outcome.Skipped, null), (found.Outcome, found.Score));
            Assert.Contains("task.schema", found.Reason, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(20)]
    [InlineData(1000)]
    public async Task References_that_multiply_or_form_a_long_chain_are_skipped(int length)
    {
        var schema = new StringBuilder("""{"$defs":{"d0":{"type":"string"}""");
        for (var i = 1; i <= length; i++)
        {
            schema.Append(length > 20 ? $$""","d{{i}}":{"$ref":"#/$defs/d{{i - 1}}"}""" : $$""","d{{i}}":{"anyOf":[{"$ref":"#/$defs/d{{i - 1}}"},{"$ref":"#/$defs/d{{i - 1}}"}]}""");
        }

        Assert.Equal(Outcome.Skipped, (await GradeAsync(schema.Append($"}},\"$ref\":\"#/$defs/d{length}\"}}").ToString(), "1")).Outcome);
    }

    [Fact]
    public async Task A_gold_that_the_schema_does_not_allow_is_skipped() =>
        Assert.Equal(Outcome.Skipped, (await Answering.GradeAsync(sandbox, """{"kind":"json","answer":1,"schema":{"type":"string"}}""", "<answer>1</answer>")).Outcome);

    [Theory]
    [InlineData("""{"items":{"$ref":"#"}}""", 1)]
    [InlineData("""{"items":{"allOf":[{"anyOf":[{"allOf":[{"$ref":"#"}]}]}]}}""", 0)]
    public async Task A_deep_answer_neither_ends_the_process_nor_passes_unjudged(string schema, double score)
    {
        var found = await GradeAsync(schema, new string('[', 250) + new string(']', 250));
        Assert.Equal(score, found.Score);
        Assert.Equal(score == 0, found.Signals.Contains(Signal.Budget));
    }

    [Fact]
    public async Task A_check_that_is_too_costly_is_wrong_with_a_signal()
    {
        var values = string.Join(",", Enumerable.Range(0, 2_000).Select(i => $"\"{i}\""));
        var found = await GradeAsync($$$"""{"items":{"enum":[{{{values}}}]}}""", $"[{string.Join(",", Enumerable.Repeat("\"1999\"", 10_000))}]");
        Assert.Equal((0, true), (found.Score, found.Signals.Contains(Signal.Budget)));
    }

    [Theory]
    [InlineData("""{"multipleOf":0.5}""", "1e999999999")]
    [InlineData("""{"multipleOf":0.5}""", "1e-999999999")]
    [InlineData("""{"maximum":5}""", "1e999999999")]
    [InlineData("""{"maximum":5}""", "1e99999999999999999999")]
    [InlineData("""{"pattern":"a"}""", "long")]
    public async Task Numbers_and_texts_beyond_all_bounds_are_wrong(string schema, string answer) =>
        Assert.Equal(0, (await GradeAsync(schema, answer == "long" ? $"\"{new string('a', 100_000)}\"" : answer)).Score);

    private Task<GradedComponent> GradeAsync(string schema, string answer) =>
        Answering.GradeAsync(sandbox, $$"""{"kind":"json","schema":{{schema}}}""", $"<answer>{answer}</answer>");
}
