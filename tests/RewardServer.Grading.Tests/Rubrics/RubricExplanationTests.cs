using System.Globalization;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Rubrics;
using RewardServer.Grading.Rubrics.Explaining;

namespace RewardServer.Grading.Tests.Rubrics;

public sealed class RubricExplanationTests(SharedSandbox sandbox)
{
    [Fact]
    public void A_rubric_explains_itself_in_words() => Assert.Equal(
        [
            "Hard to please.",
            "The reward is the value of one component times its weight.",
            $"accuracy (weight 1): {GraderCatalog.Find("accuracy")!.Description} "
                + "A score of 0 has the value -1, a score of 1 the value 1. It counts only where the score of format is at least 1; else its value is -2.",
            "format (reported and read by a gate, weight 0): Whether the thinking and the answer stand in their tags, once each, in order, and nothing outside.",
            "An item that carries the signal hedged-answer loses 0.5.",
            "The reward lies from -2.5 to 1.",
            "An item has no reward, but a reason, where one of these has no score: accuracy, format.",
            "Nor has it one where any component fails, since its signals are not known then.",
            "Beside the rewards of a group: grpo. By how many standard deviations the reward lies above its group's mean.",
        ],
        Explain("""
            {"description": "Hard to please", "components": [
              {"grader":"accuracy","scale":[-1,1],"gates":[{"component":"format","otherwise":-2}]}, {"grader":"format","weight":0}],
             "signals": {"hedged-answer": -0.5}, "transforms": [{"transform":"grpo"}]}
            """).Explanation);

    [Fact]
    public void Every_reward_lies_in_the_range_that_the_explanation_gives() => Prop.ForAll(
        Gen.Choose(-20, 20).Select(n => n / 4.0).ArrayOf(8).ToArbitrary(),
        Gen.Elements("sum", "product", "min", "max", "first-failure").ToArbitrary(),
        Gen.Elements(@"<think>a</think><answer>\boxed{5}</answer>", @"\boxed{5}", @"\boxed{4} then \boxed{6}", "<think>a</think><answer>6</answer>").ToArbitrary(),
        (numbers, combine, completion) =>
        {
            var n = numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)).ToArray();
            var rubric = $$"""
                {"combine":"{{combine}}","components":[
                  {"grader":"accuracy","weight":{{n[0]}},"scale":[{{n[1]}},{{n[2]}}],"gates":[{"component":"format","otherwise":{{n[3]}} }]},
                  {"grader":"format","weight":{{n[4]}},"scale":[{{n[5]}},{{n[6]}}]}], "signals":{"several-answer-blocks":{{n[7]}} } }
                """;
            var range = Explain(rubric);
            var reward = GradingByRubric.GradeAsync(sandbox, rubric, Items.Math(completion, "5")).GetAwaiter().GetResult().Reward!.Value;
            return range.Lowest - 1e-9 <= reward && reward <= range.Highest + 1e-9;
        }).QuickCheckThrowOnFailure();

    private RubricExplanation Explain(string rubric) =>
        RubricExplanation.Of(new RubricCompiler(new(sandbox.Pool)).Compile(JsonElement.Parse(rubric)).Rubric!);
}
