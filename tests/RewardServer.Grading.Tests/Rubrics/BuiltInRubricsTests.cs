using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders.Judge;
using RewardServer.Grading.Rubrics;
using RewardServer.Grading.Rubrics.Explaining;
using RewardServer.Grading.Rubrics.Library;

namespace RewardServer.Grading.Tests.Rubrics;

public sealed class BuiltInRubricsTests(SharedSandbox sandbox)
{
    private static readonly string Approved = Path.Combine(Repository.Root, "tests/RewardServer.Grading.Tests/Rubrics/built-in.approved.json");

    private static readonly JsonSerializerOptions Indented = new(ItemJson.Options) { WriteIndented = true };

    private static readonly string[] Names = ["dapo", "efficient-code", "helpful-harmless", "kimi", "open-r1-code", "r1", "r1-zero"];

    // What a trainer's runs were rewarded by must not change under its name and version: APPROVE_RUBRICS=1 writes the file anew.
    [Fact]
    public void What_the_built_in_rubrics_give_is_frozen()
    {
        var library = WithJudges();
        Assert.Equal(Names, library.Names);
        var now = JsonSerializer.Serialize(
            library.Names.Select(name => RubricExplanation.Of(library.Find(name)!)), Indented) + "\n";
        if (Environment.GetEnvironmentVariable("APPROVE_RUBRICS") == "1")
        {
            File.WriteAllText(Approved, now);
        }

        Assert.Equal(File.ReadAllText(Approved), now);
    }

    [Fact]
    public void A_rubric_that_wants_judges_says_so_where_there_are_none()
    {
        var library = new RubricLibrary(new RubricCompiler(new(sandbox.Pool)));
        Assert.Equal(Names.Except(["helpful-harmless"]), library.Names);
        Assert.Null(library.Find("helpful-harmless"));
        Assert.Contains("'helpful-harmless' wants what this server's configuration lacks: components[0].options.judge", library.WhyNot("helpful-harmless"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("r1", "<think>Two and three make five.</think> <answer>5</answer>", 3)]
    [InlineData("r1", "<think>二加三等于五。</think> <answer>5</answer>", 2)]
    [InlineData("r1", "5", 0)]
    [InlineData("dapo", @"\boxed{5}", 1)]
    [InlineData("dapo", @"\boxed{6}", -1)]
    [InlineData("kimi", @"\boxed{5}", 1)]
    public async Task A_built_in_rubric_rewards_as_its_paper_says(string name, string completion, double reward)
    {
        var rubric = JsonSerializer.Serialize(new RubricLibrary(new RubricCompiler(new(sandbox.Pool))).Find(name)!.Definition, ItemJson.Options);
        var item = Items.Math(completion, "5", "How much do two and three make when they are added?");
        Assert.Equal(reward, (await GradingByRubric.GradeAsync(sandbox, rubric, item)).Reward!.Value, 1e-9);
    }

    [Fact]
    public async Task DAPO_takes_away_for_what_is_overlong()
    {
        var rubric = JsonSerializer.Serialize(new RubricLibrary(new RubricCompiler(new(sandbox.Pool))).Find("dapo")!.Definition, ItemJson.Options);
        var item = Items.Math(@"\boxed{5}", "5") with { CompletionTokens = 16384 + 1024 };
        Assert.Equal(0.75, (await GradingByRubric.GradeAsync(sandbox, rubric, item)).Reward!.Value, 1e-9);
    }

    [Fact]
    public async Task Of_right_answers_Kimi_prefers_the_short_and_of_wrong_ones_none()
    {
        var rubric = JsonSerializer.Serialize(new RubricLibrary(new RubricCompiler(new(sandbox.Pool))).Find("kimi")!.Definition, ItemJson.Options);
        Item Of(string answer, int tokens) => Items.Math($@"\boxed{{{answer}}}", "5") with { CompletionTokens = tokens };
        var graded = await GradingByRubric.GradeAsync(sandbox, rubric, [Of("5", 100), Of("5", 200), Of("5", 300), Of("6", 100), Of("6", 300)]);
        Assert.Equal([1.5, 1, 0.5, 0, -0.5], graded.Select(item => item.Reward!.Value));
    }

    private RubricLibrary WithJudges()
    {
        var settings = new JudgeSettings { Kind = "chat", Url = "http://127.0.0.1:9/v1/chat/completions", Model = "judge" };
        return new(new RubricCompiler(new(sandbox.Pool) { Judges = new(new Dictionary<string, JudgeSettings> { ["helpful"] = settings, ["harmless"] = settings }, TimeProvider.System) }));
    }
}
