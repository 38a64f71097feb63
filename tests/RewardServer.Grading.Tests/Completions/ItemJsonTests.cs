using System.Text.Json;
using RewardServer.Grading.Completions;

namespace RewardServer.Grading.Tests.Completions;

public sealed class ItemJsonTests
{
    private const string Valid = """{"id":"a","prompt":"2+2?","completion":"4","task":{"answer":"4","kind":"math"}}""";

    [Fact]
    public void An_item_is_read_wherever_its_kind_stands() =>
        Assert.Equal(new MathTask("4"), Read(Valid).Task);

    [Fact]
    public void A_chat_is_read_as_its_last_assistant_message()
    {
        var item = Read(Valid.Replace("\"4\",\"task\"", """[{"role":"assistant","content":"one"},{"role":"user","content":"no"},{"role":"assistant","content":"two"}],"task" """));
        Assert.Equal("two", item.CompletionText);
    }

    [Fact]
    public void A_message_in_parts_is_read_as_their_texts()
    {
        var item = Read(Valid.Replace("\"4\",\"task\"", """[{"role":"assistant","content":[{"type":"text","text":"on"},{"type":"image_url","image_url":{"url":"u"}},{"text":"e\ud83d","type":"output_text"}]}],"task" """));
        Assert.Equal("one\uFFFD", item.CompletionText);
    }

    [Theory]
    [InlineData("""{"id":"a","prompt":"?","completion":"4"}""", "task", "is required")]
    [InlineData("""{"id":"a","prompt":"?","completion":[{"role":"assistant","content":7}],"task":{"kind":"math","answer":"4"}}""", "completion", "[0].content must be a text, or an array of parts {type, text}")]
    [InlineData("""{"id":"a","prompt":"?","completion":[{"role":"assistant","content":[7]}],"task":{"kind":"math","answer":"4"}}""", "completion", "[0].content must be a text, or an array of parts {type, text}")]
    [InlineData("""{"id":"a","prompt":"?","completion":[{"role":"assistant","content":[]}],"task":{"kind":"math","answer":"4"}}""", "completion", "[0].content holds no part with a text")]
    [InlineData("""{"id":"a","prompt":"?","completion":"4","task":{"answer":"4"}}""", "task.kind", "is required")]
    [InlineData("""{"id":"a","prompt":"?","completion":"4","task":{"kind":"maths","answer":"4"}}""", "task.kind", "'maths' is not a known kind")]
    [InlineData("""{"id":"a","prompt":"?","completion":"4","task":{"kind":"math","answer":"4","gold":"5"}}""", "task.gold", "is not a known member")]
    [InlineData("""{"id":"a","prompt":"?","completion":"4","task":{"kind":"math","answer":4}}""", "task.answer", "must be a string")]
    [InlineData("""{"id":"a","prompt":"?","completion":4,"task":{"kind":"math","answer":"4"}}""", "completion", "must be a string or an array of messages {role, content}")]
    [InlineData("""{"id":"a","prompt":"?","completion":[{"content":"4"}],"task":{"kind":"math","answer":"4"}}""", "completion", "[0].role is required")]
    [InlineData("""{"id":"a","prompt":"?","completion":[{"role":null,"content":"4"}],"task":{"kind":"math","answer":"4"}}""", "completion", "[0].role must not be null")]
    [InlineData("""{"id":"a","prompt":"?","completion":[null],"task":{"kind":"math","answer":"4"}}""", "completion", "[0] must not be null")]
    [InlineData("""{"id":"a","prompt":"?","completion":"4","task":{"kind":"math","answer":"4"},"a'b":1}""", "['a'b']", "is not a known member")]
    [InlineData("""{"id":"a","prompt":"?","completion":"4","task":{"kind":"a'b","answer":"4"}}""", "task.kind", "'a'b' is not a known kind")]
    [InlineData("""{"id":"a","prompt":"?","completion":"4","task":{"kind":null,"answer":"4"}}""", "task.kind", "must be a text")]
    [InlineData("""{"id":"a","prompt":"?","completion":"4","task":{"answer":"4","kind":null}}""", "task.kind", "must be a text")]
    [InlineData("""{"id":"a","prompt":"?","completion":"4","task":{"kind":true,"answer":"4"}}""", "task.kind", "must be a text")]
    [InlineData("""{"id":"a","prompt":"?","completion":"4","task":{"kind":{},"answer":"4"}}""", "task.kind", "must be a text")]
    [InlineData("""{"id":"a","prompt":"?","completion":"4","task":{"kind":5,"answer":"4"}}""", "task.kind", "'5' is not a known kind")]
    [InlineData("""{"id":"a","prompt":"?","completion":"4","task":{"kind":"math","kind":"math","answer":"4"}}""", "task.kind", "stands twice")]
    [InlineData("""{"id":"a","prompt":"?","completion":"4","task":{"kind":"math","answer":"4","$id":"4"}}""", "task.$id", "is not a known member")]
    [InlineData("""{"id":"a","prompt":"?","completion":"4","task":{"kind":"code","language":"python","tests":[{"kind":null}]}}""", "task.tests[0].kind", "must be a text")]
    [InlineData("""{"id":null,"prompt":"?","completion":"4","task":{"kind":"math","answer":"4"}}""", "id", "must not be null")]
    [InlineData("""{"id":"a","prompt":"?","completion":null,"task":{"kind":"math","answer":"4"}}""", "completion", "must not be null")]
    [InlineData("""{"id":"a","id":"b","prompt":"?","completion":"4","task":{"kind":"math","answer":"4"}}""", "id", "stands twice")]
    [InlineData("""{"id":"a","prompt":"?","completion":"4","task":{"kind":"code","language":"python","tests":[{"stdin":""}]}}""", "task.tests[0].kind", "is required")]
    public void A_malformed_item_is_refused_with_the_member_at_fault(string json, string path, string message) =>
        Assert.Equal(new JsonFault(path, message), Fault(json));

    [Fact]
    public void A_member_named_like_a_message_of_the_framework_is_refused_at_once_and_briefly()
    {
        var fault = Fault("{\"" + string.Concat(Enumerable.Repeat("' Path: a | ", 100_000)) + "\":1}");
        Assert.True(fault.Path.Length + fault.Message.Length < 1000);
    }

    [Fact]
    public void What_else_a_message_carries_is_passed_over_and_no_content_is_empty() =>
        Assert.Equal("", Read(Valid.Replace("\"4\",\"task\"", """[{"role":"assistant","content":null,"tool_calls":[{"id":"1"}]}],"task" """)).CompletionText);

    [Theory]
    [InlineData("\\ud800", "\uFFFD")]
    [InlineData("\\udc00x", "\uFFFDx")]
    [InlineData("\\ud83d\\ude00", "😀")]
    [InlineData("a\\u0000b", "a\0b")]
    [InlineData("\\n\\t\\\"\\\\\\/", "\n\t\"\\/")]
    public void Half_a_character_in_a_completion_is_replaced_and_the_rest_kept(string written, string read) =>
        Assert.Equal(read, Read(Valid.Replace("\"4\",\"task\"", $"\"{written}\",\"task\"")).CompletionText);

    [Fact]
    public void Bytes_that_are_not_UTF8_are_replaced()
    {
        byte[] json = [.. """{"id":"a","prompt":"?","completion":"x"""u8, 0xFF, 0xC3, .. """y","task":{"kind":"math","answer":"4"}}"""u8];
        Assert.Equal("x\uFFFD\uFFFDy", JsonSerializer.Deserialize<Item>(json, ItemJson.Options)!.CompletionText);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    [InlineData(1e9)]
    [InlineData(double.NaN)]
    public void A_limit_out_of_range_is_named(double seconds)
    {
        var item = Items.Code("").WithLimits(new(CpuSeconds: seconds));
        Assert.Equal("task.limits.cpuSeconds", Assert.Single(item.Errors()).Member);
    }

    private static Item Read(string json) => JsonSerializer.Deserialize<Item>(json, ItemJson.Options)!;

    private static JsonFault Fault(string json) =>
        JsonFault.From(Record.Exception(() => Read(json)) ?? throw new InvalidOperationException("not refused"))!;
}
