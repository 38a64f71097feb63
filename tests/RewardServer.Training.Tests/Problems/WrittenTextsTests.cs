using RewardServer.Grading.Graders;
using RewardServer.Training.Problems;
using RewardServer.Training.Problems.Writing;

namespace RewardServer.Training.Tests.Problems;

public sealed class WrittenTextsTests(R1ZeroRubric rubric) : IClassFixture<R1ZeroRubric>
{
    public static TheoryData<string> Names => Kinds.Seeded;

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_careful_text_earns_the_whole_reward(string name) =>
        Assert.All(await Rewards(name, Manner.Careful), reward => Assert.Equal(2, reward));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_slip_is_well_formed_and_wrong(string name) =>
        Assert.All(await Rewards(name, Manner.Slip), reward => Assert.Equal(1, reward));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task What_is_unfinished_earns_nothing(string name) =>
        Assert.All(await Rewards(name, Manner.Unfinished), reward => Assert.Equal(0, reward));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_guess_is_well_formed_and_seldom_right(string name)
    {
        var rewards = await Rewards(name, Manner.Guess);
        Assert.All(rewards, reward => Assert.InRange(reward, 1, 2));
        Assert.InRange(rewards.Average() - 1, 0.05, 0.15);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Without_luck_no_guess_is_right(string name) =>
        Assert.All(await Rewards(name, Manner.Guess, """{"texts": {"luckyGuesses": 0}}"""), reward => Assert.Equal(1, reward));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Sums_of_other_lengths_are_right_when_careful_and_wrong_with_a_slip(int digits)
    {
        var options = $$"""{"digits": {{digits}}}""";
        Assert.All(await Rewards("addition", Manner.Careful, options), reward => Assert.Equal(2, reward));
        Assert.All(await Rewards("addition", Manner.Slip, options), reward => Assert.Equal(1, reward));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task As_many_are_right_as_the_weights_say(string name)
    {
        var (kind, random) = (Kinds.MakeNamed(name), new Random(7));
        var graded = await rubric.GradeAsync(Kinds.DrawGraded(kind, 3000, random).Select(problem => (problem, kind.Written(problem, random))).ToArray());
        var options = ProblemKinds.Find(Kinds.NameOf(name))!.Options;
        var mixture = (Mixture)options.GetProperty("Texts")!.GetValue(Activator.CreateInstance(options))!;
        var right = graded.Average(item => item.Components[0].Score!.Value);
        Assert.InRange(right, mixture.Accuracy - 0.03, mixture.Accuracy + 0.03);
        Assert.InRange(mixture.Accuracy, 0.4, 0.5);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Who_is_always_careful_is_always_right(string name)
    {
        var (kind, random) = (Kinds.MakeNamed(name, """{"texts": {"careful": 3, "guess": 0, "slip": 0, "unfinished": 0}}"""), new Random(8));
        var graded = await rubric.GradeAsync(Kinds.DrawGraded(kind, 200, random).Select(problem => (problem, kind.Written(problem, random))).ToArray());
        Assert.All(graded, item => Assert.Equal(2, item.Reward));
    }

    private async Task<double[]> Rewards(string name, Manner manner, string options = "{}")
    {
        var (kind, random) = (Kinds.MakeNamed(name, options), new Random(2026));
        var graded = await rubric.GradeAsync(Kinds.DrawGraded(kind, 900, random).Select(problem => (problem, kind.Written(problem, manner, random))).ToArray());
        Assert.All(graded, item => Assert.Equal(Outcome.Scored, item.Outcome));
        return [.. graded.Select(item => item.Reward!.Value)];
    }
}
