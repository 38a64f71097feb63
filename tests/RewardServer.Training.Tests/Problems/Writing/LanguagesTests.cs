using RewardServer.Grading.Graders;
using RewardServer.Training.Problems.Writing;
using RewardServer.Training.Runs;

namespace RewardServer.Training.Tests.Problems.Writing;

public sealed class LanguagesTests(R1ZeroRubric rubric) : IClassFixture<R1ZeroRubric>
{
    private const int Language = 3;

    // "easy" and nothing are all that those think who do not.
    private const string Thinkers = """, "texts": {"careful": 1, "guess": 0, "slip": 1, "unfinished": 0}""";

    public static TheoryData<string, double> KindsAndLanguages { get; } = new(
        from kind in (string[])["addition", "knights"] from chinese in (double[])[0, 1] select new TheoryDataRow<string, double>(kind, chinese));

    [Theory]
    [MemberData(nameof(KindsAndLanguages))]
    public async Task A_thinking_in_the_language_of_the_question_has_the_whole_score(string name, double chinese) =>
        Assert.All(await Scores(name, $$"""{"languages": {"chinese": {{chinese}}, "mixing": 0}{{Thinkers}}}"""), score => Assert.Equal(1, score));

    [Theory]
    [MemberData(nameof(KindsAndLanguages))]
    public async Task A_mixed_thinking_never_has(string name, double chinese)
    {
        var scores = await Scores(name, $$"""{"languages": {"chinese": {{chinese}}, "mixing": 1}{{Thinkers}}}""");
        Assert.All(scores, score => Assert.InRange(score, 0, 0.95));
        Assert.InRange(scores.Average(), 0.1, 0.6);
    }

    [Theory]
    [InlineData("addition")]
    [InlineData("knights")]
    public async Task As_many_are_mixed_as_the_share_says(string name)
    {
        var scores = await Scores(name, $$"""{"languages": {"mixing": 0.3}{{Thinkers}}}""");
        Assert.InRange(scores.Average(score => score < 1 ? 1.0 : 0), 0.26, 0.34);
    }

    [Fact]
    public void Half_of_the_questions_are_in_Chinese_where_nothing_else_is_said()
    {
        var (kind, random) = (Kinds.Make("addition", """{"languages": {}}"""), new Random(4));
        Assert.InRange(Kinds.Draw(kind, 2000, random).Average(problem => problem.Question.Contains('几') ? 1.0 : 0), 0.46, 0.54);
    }

    [Fact]
    public void A_word_in_the_place_of_thinking_is_mixed_too()
    {
        Assert.Equal(["", "easy"], Thoughtless(mixing: 0, chinese: false));
        Assert.Equal(["", "简单"], Thoughtless(mixing: 0, chinese: true));
        Assert.Equal(["", "简单"], Thoughtless(mixing: 1, chinese: false));
    }

    private static IEnumerable<string> Thoughtless(double mixing, bool chinese) =>
        Enumerable.Range(0, 40).Select(seed => new Languages { Mixing = mixing }.Thoughtless(chinese, new Random(seed))).Distinct().Order(StringComparer.Ordinal);

    // Of prompts as they are in training.
    private async Task<double[]> Scores(string name, string options)
    {
        var (kind, random) = (Kinds.MakeSeeded(name, options), new Random(2026));
        var template = PromptTemplate.Named("r1-zero", null);
        var graded = await rubric.GradeAsync(Kinds.Draw(kind, 900, random)
            .Select(problem => (problem with { Question = template.Of(problem.Question) }, kind.Written(problem, random))).ToArray());
        Assert.All(graded, item => Assert.Equal(Outcome.Scored, item.Components[Language].Outcome));
        return [.. graded.Select(item => item.Components[Language].Score!.Value)];
    }
}
