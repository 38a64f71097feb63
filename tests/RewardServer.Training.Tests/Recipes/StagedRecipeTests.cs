using RewardServer.Training.Recipes;

namespace RewardServer.Training.Tests.Recipes;

public sealed class StagedRecipeTests
{
    private const string Yaml = """
        name: staged
        seed: 7
        model: {hidden: 32, layers: 1, heads: 2, intermediate: 48}
        problems:
          - {kind: addition, options: {digits: 1}}
        pretraining: {steps: 3, learningRate: 1e-3}
        rubric: r1-zero
        rollouts: {prompts: 4, group: 4, maxTokens: 40}
        algorithm: {name: grpo, klCoefficient: 0}
        reinforcement: {steps: 3, learningRate: 1e-3}
        stages:
          - name: zero
            algorithm: {klCoefficient: 0.5}
          - name: samples
            sampling: {filter: {format: 1}}
            rollouts: {group: 2}
          - name: tuned
            from: base
            problems: [{kind: countdown}]
            fineTuning: {files: [stage:samples, builtin:cold-start]}
            reinforcement: {steps: 9}
          - name: rewarding
            preferences: {kind: reward-model}
          - name: last
            from: tuned
            rubric: {components: [{grader: accuracy}]}
            rewardModel: {path: stage:rewarding, kinds: [addition]}
        """;

    private static Recipe Read(string from = "", string to = "") =>
        Recipe.Read(from.Length == 0 ? Yaml : Yaml.Replace(from, to, StringComparison.Ordinal), "staged.yaml");

    private static string Errors(string yaml) => Assert.Throws<RecipeException>(() => Recipe.Read(yaml, "bad.yaml")).Message;

    [Fact]
    public void Each_stage_is_a_recipe_of_what_is_shared_and_what_is_its_own()
    {
        var stages = Read().Stages;
        Assert.Equal(["zero", "samples", "tuned", "rewarding", "last"], stages.Select(stage => stage.Stage!.Name));
        Assert.Equal(["grpo", "sampling", "fine-tuning", "preferences", "grpo"], stages.Select(stage => stage.Method));
        Assert.All(stages, stage => Assert.Equal(("staged", 7, 40), (stage.Name, stage.Seed, stage.Rollouts.MaxTokens)));
        Assert.Equal([0.5, 0], new[] { stages[0], stages[4] }.Select(stage => stage.Algorithm!.KlCoefficient));
        Assert.Equal([4, 2, 4, 4, 4], stages.Select(stage => stage.Rollouts.Group));
        Assert.Equal([3, 3, 9, 3, 3], stages.Select(stage => stage.Reinforcement.Optimization.Steps));
        Assert.Equal(["r1-zero", "r1-zero", "r1-zero", "r1-zero", null], stages.Select(stage => stage.Rewards.Rubric));
        Assert.Equal(["addition", "addition", "countdown", "addition", "addition"], stages.Select(stage => stage.Problems.Single().Kind));
    }

    [Fact]
    public void A_stage_begins_with_the_one_before_or_with_the_one_that_it_names()
    {
        var stages = Read().Stages;
        Assert.Equal(["base", "zero", "base", "tuned", "tuned"], stages.Select(stage => stage.Stage!.From));
        Assert.Equal([null, "stage:zero", null, "stage:tuned", "stage:tuned"], stages.Select(stage => stage.Model.Path));
        Assert.Equal([true, false, true, false, false], stages.Select(stage => stage.Pretraining is not null));
        Assert.Equal(["character", "checkpoint", "character", "checkpoint", "checkpoint"], stages.Select(stage => stage.Tokenizer));
        Assert.All(stages, stage => Assert.Equal(32, stage.Model.Hidden));
    }

    [Fact]
    public void The_base_model_is_the_same_whatever_a_stage_asks()
    {
        var stages = Read().Stages;
        Assert.Null(stages[0].PretrainingProblems);
        Assert.Equal("addition", Assert.Single(stages[2].PretrainingProblems!.Value).Kind);
        Assert.Equal(stages[0].Pretraining, stages[2].Pretraining);
    }

    [Fact]
    public void A_stage_may_have_a_model_of_its_own()
    {
        var stages = Read("    from: base\n", "    from: base\n    model: {hidden: 64, heads: 4}\n").Stages;
        Assert.Equal((32, 2, 1), (stages[0].Model.Hidden, stages[0].Model.Heads, stages[0].Model.Layers));
        Assert.Equal((64, 4, 1), (stages[2].Model.Hidden, stages[2].Model.Heads, stages[2].Model.Layers));
        Assert.Equal(64, stages[4].Model.Hidden);
    }

    [Fact]
    public void A_checkpoint_or_a_seed_that_is_given_is_that_of_all_stages()
    {
        var recipe = Read().WithModel("models/qwen").WithSeed(9);
        Assert.Equal(["models/qwen", "stage:zero", "models/qwen", "stage:tuned", "stage:tuned"], recipe.Stages.Select(stage => stage.Model.Path));
        Assert.All(recipe.Stages, stage => Assert.Equal((null, 9), (stage.Pretraining, stage.Seed)));
    }

    [Fact]
    public void All_errors_come_at_once_with_line_and_field_those_of_shared_members_once()
    {
        const string Bad = """
            name: bad
            sead: 3
            model: {hidden: 32, layers: 0, heads: 2, intermediate: 48}
            problems: [{kind: addition}]
            rubric: r1-zero
            rollouts: {temperature: 0}
            algorithm: {name: grpo}
            reinforcement: {steps: 3, learningRate: 1e-3}
            stages:
              - name: Zero
                rollouts: {topP: 2}
              - name: samples
                from: zeroo
                sampling:
                  filter: {formt: 1}
              - name: samples
                fineTuning: {files: [stage:tuned]}
                reinforcement: {steps: 0, learningRate: 1}
                pretraining: {steps: 1, learningRate: 1}
                rewardModel: {path: stage:samples}
            """;
        Assert.Equal(
            """
            bad.yaml:2: sead is unknown; did you mean 'seed'?
            bad.yaml:3: model.layers must be at least 1, but is '0'
            bad.yaml:6: rollouts.temperature must be above 0, but is '0'
            bad.yaml:10: stages[0].name must be of lower-case letters, digits and hyphens, at most 40, and not 'base', but is 'Zero'
            bad.yaml:11: stages[0].rollouts.topP must be above 0 and at most 1, but is '2'
            bad.yaml:13: stages[1].from is 'zeroo', which is unknown; did you mean 'Zero'?
            bad.yaml:15: stages[1].sampling.filter.formt is unknown; did you mean 'format'?
            bad.yaml:16: stages[2].name is 'samples', as an earlier stage's is
            bad.yaml:17: stages[2].fineTuning.files names stage:tuned, but the stages before it are: Zero, samples
            bad.yaml:18: stages[2].reinforcement.steps must be at least 1, but is '0'
            bad.yaml:19: stages[2].pretraining must be absent where the stage begins with what another made, here 'samples': from: base begins with the recipe's model
            bad.yaml:20: stages[2].rewardModel.path names stage:samples, which makes no reward model
            """,
            Errors(Bad));
    }

    [Theory]
    [InlineData("stages:", "stages: []\nother:", "stages must be a list of at least one, but is an empty list")]
    [InlineData("  - name: zero\n    algorithm", "  - 7\n  - name: zero\n    algorithm", "stages[0] must be a mapping, but is '7'")]
    [InlineData("files: [stage:samples, builtin:cold-start]", "files: [stage:zero]", "stages[2].fineTuning.files names stage:zero, which keeps no completions")]
    [InlineData("path: stage:rewarding", "path: stage:last", "stages[4].rewardModel.path names stage:last, but the stages before it are: zero, samples, tuned, rewarding")]
    [InlineData("name: staged\n", "", "name is missing")]
    public void One_error_is_told(string right, string wrong, string error) => Assert.Contains(error, Errors(Yaml.Replace(right, wrong, StringComparison.Ordinal)), StringComparison.Ordinal);
}
