using RewardServer.Grading.Graders;
using RewardServer.Grading.Rubrics;

namespace RewardServer.Grading.Tests.Graders.Pattern;

public sealed class PatternTests(SharedSandbox sandbox)
{
    [Theory]
    [InlineData("[a-z]+", "full", "abc", 1.0)]
    [InlineData("[a-z]+", "full", "abc1", 0.0)]
    [InlineData("[a-z]+", "search", "123abc", 1.0)]
    [InlineData("a|ab", "full", "ab", 1.0)]
    [InlineData("a)|(b", "full", "a", null)]
    [InlineData(@"\d{4}-\d{2}-\d{2}", "full", "2026-11-26", 1.0)]
    [InlineData(@"\d{4}-\d{2}-\d{2}", "full", "$\\text{2026-11-26}$", 1.0)]
    [InlineData(@"\$\d+\$", "full", "$5$", 1.0)]
    [InlineData("^(a+)+$", "full", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", 0.0)]
    [InlineData("(?x) abc # all of it", "full", "abc", null)]
    [InlineData("", "full", "abc", 0.0)]
    [InlineData("", "search", "abc", 1.0)]
    public async Task An_answer_matches_or_it_does_not(string pattern, string match, string answer, double? score) =>
        Assert.Equal(score, (await GradeAsync(Task(pattern, match), $"<answer>{answer}</answer>")).Score);

    [Fact]
    public async Task Case_counts_but_where_the_task_says_otherwise()
    {
        Assert.Equal(0, (await GradeAsync("""{"kind":"pattern","pattern":"abc"}""", "<answer>ABC</answer>")).Score);
        Assert.Equal(1, (await GradeAsync("""{"kind":"pattern","pattern":"abc","ignoreCase":true}""", "<answer>ABC</answer>")).Score);
    }

    [Theory]
    [InlineData("(")]
    [InlineData("[z-a]")]
    [InlineData("(a)\\1")]
    [InlineData("(?=a)b")]
    [InlineData("(?<!a)b")]
    [InlineData("(?>a)")]
    [InlineData("(a{1000}){1000}")]
    [InlineData("((((a{100}){100}){100}){100}){100}")]
    [InlineData("(((((((((a{9999}){9999}){9999}){9999}){9999}){9999}){9999}){9999}){9999})")]
    [InlineData("[]]{2000}")]
    [InlineData("a{2147483647}")]
    [InlineData("a{99999999999999999999}")]
    [InlineData("(a{0,500}){0,500}")]
    [InlineData("(a{500,}){500,}")]
    public async Task A_pattern_that_cannot_be_used_is_skipped_whatever_the_candidate_wrote(string pattern)
    {
        foreach (var completion in new[] { "<answer>a</answer>", "" })
        {
            var found = await GradeAsync(Task(pattern, "search"), completion);
            Assert.Equal((Outcome.Skipped, null), (found.Outcome, found.Score));
            Assert.Contains("task.pattern", found.Reason, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("(a|b)*a(a|b){300}c")]
    [InlineData("(a{1,30}){1,30}c")]
    [InlineData("(a*)*(b*)*c")]
    [InlineData("(.*a){300}c")]
    [InlineData("[ab]{900}c")]
    public async Task A_long_text_and_a_large_automaton_are_judged(string pattern)
    {
        var random = new Random(11);
        var text = string.Concat(Enumerable.Range(0, 19_000).Select(_ => random.Next(2) == 0 ? 'a' : 'b'));
        Assert.Equal(0, (await GradeAsync(Task(pattern, "search"), $"<answer>{text}</answer>")).Score);
    }

    [Fact]
    public async Task A_million_characters_are_not_matched() =>
        Assert.Equal(0, (await GradeAsync(Task("a", "search"), $"<answer>{new string('a', 1_000_000)}</answer>")).Score);

    [Fact]
    public async Task More_patterns_than_are_kept_give_the_same_each_time()
    {
        for (var i = 0; i < 300; i++)
        {
            Assert.Equal(1, (await GradeAsync(Task($"a{{{i % 150}}}", "full"), $"<answer>{new string('a', i % 150)}</answer>")).Score);
        }
    }

    [Fact]
    public async Task An_answer_only_in_the_thinking_scores_0_with_a_signal() =>
        Assert.Contains(Signal.AnswerOnlyInThinking, (await GradeAsync(Task("5", "full"), "<think>\\boxed{5}</think>Done.")).Signals);

    private static string Task(string pattern, string match) => $$"""{"kind":"pattern","pattern":{{Answering.Quoted(pattern)}},"match":"{{match}}"}""";

    private Task<GradedComponent> GradeAsync(string task, string completion) => Answering.GradeAsync(sandbox, task, completion);
}
