using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Graders.Language;

namespace RewardServer.Grading.Tests.Graders.Language;

public sealed class LanguageGraderTests(SharedSandbox sandbox)
{
    [Theory]
    [InlineData("So the sum is five", "en", 1, "5 of 5 words of the thinking are English")]
    [InlineData("所以答案是 five", "zh", 5 / 6.0, "5 of 6 words of the thinking are Chinese")]
    [InlineData("所以答案是 five", "en", 1 / 6.0, "1 of 6 words of the thinking are English")]
    [InlineData("Сумма is равна", "ru", 2 / 3.0, "2 of 3 words of the thinking are Russian")]
    [InlineData("답은 오", "ko", 1, "3 of 3 words of the thinking are Korean")]
    [InlineData("これは五です", "ja", 1, "6 of 6 words of the thinking are Japanese")]
    [InlineData("الجواب هو خمسة", "ar", 1, "3 of 3 words of the thinking are Arabic")]
    [InlineData("उत्तर पाँच है।", "hi", 1, "3 of 3 words of the thinking are Hindi")]
    [InlineData("คำตอบ yes", "th", 5 / 6.0, "5 of 6 words of the thinking are Thai")]
    public async Task The_score_is_the_share_of_the_targets_words(string thinking, string target, double score, string reason)
    {
        var verdict = await Thinking.GradeAsync(sandbox, Thinking.Of(thinking), $$"""{"target":"{{target}}"}""");
        Assert.Equal((Outcome.Scored, score, reason), (verdict.Outcome, verdict.Score, verdict.Reason));
        Assert.Empty(verdict.Signals);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    [InlineData("3 + 4 = 7")]
    [InlineData("$x$ \\(y\\) 😀 ```")]
    [InlineData("```python\nprint(5)\n```")]
    public async Task Who_writes_nothing_to_count_earns_nothing(string thinking)
    {
        var verdict = await Thinking.GradeAsync(sandbox, Thinking.Of(thinking), """{"target":"en"}""");
        Assert.Equal((Outcome.Scored, 0.0, "the thinking holds no words to count"), (verdict.Outcome, verdict.Score, verdict.Reason));
    }

    [Fact]
    public async Task A_completion_that_never_thought_earns_nothing() =>
        Assert.Equal(0, (await Thinking.GradeAsync(sandbox, Items.Math("The answer is five", "5"), """{"target":"en"}""")).Score);

    [Theory]
    [InlineData("What is one plus one?", "en")]
    [InlineData("一加一等于几？", "zh")]
    [InlineData("いちたすいちはいくつですか。", "ja")]
    [InlineData("일 더하기 일은 얼마인가?", "ko")]
    [InlineData("Сколько будет один плюс один?", "ru")]
    [InlineData("ما هو مجموع واحد وواحد؟", "ar")]
    [InlineData("एक और एक कितने होते हैं?", "hi")]
    [InlineData("หนึ่งบวกหนึ่งเท่ากับเท่าไร", "th")]
    [InlineData("用 Python 求 $\\sin x$ 的值：\n```python\nprint(sum(values))\n```", "zh")]
    [InlineData("A conversation between User and Assistant. The user asks a question, and the assistant solves it. User: 一加一等于几？ Assistant: <think>", "zh")]
    [InlineData("<|im_start|>system\nYou are a helpful assistant that thinks.<|im_end|>\n<|im_start|>user\nОдин плюс один?<|im_end|>\n<|im_start|>assistant\n", "ru")]
    public async Task The_target_is_the_language_of_the_question(string prompt, string target)
    {
        var verdict = await Thinking.GradeAsync(sandbox, Thinking.Of("so five", prompt), "{}");
        Assert.Equal(target, ((LanguageDetails)verdict.Details!).Target);
    }

    [Fact]
    public async Task Of_a_chat_the_last_message_of_the_user_tells_the_target()
    {
        var prompt = ChatText.FromMessages([new("system", "Think step by step and be brief"), new("user", "Hello there"), new("assistant", "Hello"), new("user", "一加一等于几？")]);
        var verdict = await Thinking.GradeAsync(sandbox, Thinking.Of("所以是二") with { Prompt = prompt }, "{}");
        Assert.Equal((1.0, "zh"), (verdict.Score, ((LanguageDetails)verdict.Details!).Target));
    }

    [Theory]
    [InlineData("1 + 1 = ?", "{}")]
    [InlineData("", "{}")]
    [InlineData("Πόσο κάνει ένα και ένα;", "{}")]
    [InlineData("Сколько будет один плюс один?", """{"languages":["en","zh"]}""")]
    public async Task A_prompt_that_tells_no_target_skips_the_item_whatever_was_thought(string prompt, string options)
    {
        foreach (var thinking in new[] { "", "So the sum is five", "所以答案是五" })
        {
            var verdict = await Thinking.GradeAsync(sandbox, Thinking.Of(thinking, prompt), options);
            Assert.Equal((Outcome.Skipped, (double?)null), (verdict.Outcome, verdict.Score));
        }
    }

    [Theory]
    [InlineData("thinking", 0.0)]
    [InlineData("response", 1.0)]
    [InlineData("whole", 0.5)]
    public async Task The_part_can_be_another(string part, double score)
    {
        var item = Items.Math("<think>Let us add both numbers</think>答案是二五", "5");
        Assert.Equal(score, (await Thinking.GradeAsync(sandbox, item, $$"""{"target":"zh","part":"{{part}}"}""")).Score);
    }

    [Theory]
    [InlineData("所以答案是五 so", 0.8, 1)]
    [InlineData("所以答案是五 so", 0.9, 0)]
    [InlineData("所以答案是五", 1, 1)]
    public async Task A_least_share_makes_it_all_or_nothing(string thinking, double atLeast, double score) =>
        Assert.Equal(score, (await Thinking.GradeAsync(sandbox, Thinking.Of(thinking), FormattableString.Invariant($$"""{"target":"zh","atLeast":{{atLeast}}}"""))).Score);

    [Fact]
    public async Task The_spans_that_broke_it_are_told()
    {
        const string Text = "我们先求和。Let me think about it. 然后 $x+y$ 是 пять 。";
        var details = (LanguageDetails)(await Thinking.GradeAsync(sandbox, Thinking.Of(Text), """{"target":"zh"}""")).Details!;
        Assert.Equal([(Text.IndexOf('L', StringComparison.Ordinal), "en", 5, "Let me think about it"), (Text.IndexOf('п', StringComparison.Ordinal), "ru", 1, "пять")],
            details.Spans.Select(span => (span.Start, span.Language, span.Words, span.Text)));
        Assert.Equal(["Let me think about it", "пять"], details.Spans.Select(span => Text.Substring(span.Start, span.Length)));
        Assert.Equal(6, details.Languages.Where(language => language.Language is "en" or "ru").Sum(language => language.Words));
    }

    [Fact]
    public async Task No_more_spans_are_told_than_a_person_reads()
    {
        var details = (LanguageDetails)(await Thinking.GradeAsync(sandbox, Thinking.Of(string.Concat(Enumerable.Repeat($"好 {new string('a', 60)} bb ", 500))), """{"target":"zh"}""")).Details!;
        Assert.Equal((16, 500), (details.Spans.Length, details.SpanCount));
        Assert.All(details.Spans, span => Assert.InRange(span.Text.Length, 1, 61));
    }

    [Theory]
    [InlineData("""{"target":"xx"}""", "components[0].options.target", "'xx' is not a known language")]
    [InlineData("""{"target":"ZH"}""", "components[0].options.target", "'ZH' is not a known language")]
    [InlineData("""{"languages":["de","klingon"]}""", "components[0].options.languages[1]", "'klingon' is not a known language")]
    [InlineData("""{"atLeast":0}""", "components[0].options.atLeast", "must be above 0 and at most 1")]
    [InlineData("""{"atLeast":1.1}""", "components[0].options.atLeast", "must be above 0 and at most 1")]
    [InlineData("""{"part":"some"}""", "components[0].options.part", "must be one of: whole, thinking, response")]
    public void Options_that_are_wrong_are_named(string options, string path, string error)
    {
        var (_, errors) = new Grading.Rubrics.RubricCompiler(new(sandbox.Pool)).Compile(System.Text.Json.JsonElement.Parse($$"""{"components":[{"grader":"language","options":{{options}}}]}"""));
        Assert.Equal(path, Assert.Single(errors).Path);
        Assert.StartsWith(error, errors[0].Message, StringComparison.Ordinal);
    }
}
