using RewardServer.Training.Algorithms;
using RewardServer.Training.Policies;
using RewardServer.Training.Problems;
using RewardServer.Training.Recipes;
using RewardServer.Training.Reporting;

namespace RewardServer.Training.Tests.Recipes;

public sealed class RecipeTests
{
    internal const string Least = """
        name: least
        model: {hidden: 32, layers: 1, heads: 2, intermediate: 48}
        problems: [{kind: addition}]
        rubric: r1-zero
        algorithm: {name: grpo}
        reinforcement: {steps: 3, learningRate: 1e-3}
        """;

    [Fact]
    public void Every_built_in_recipe_is_read_and_is_called_as_its_file()
    {
        Assert.Contains("r1-zero", Recipe.Names);
        Assert.All(Recipe.Names, name => Assert.Equal(name, Recipe.Named(name).Name));
    }

    [Fact]
    public void The_recipes_of_GSM8K_differ_in_what_is_trained_and_how_fast_alone()
    {
        var catalog = new RecipeCatalog([], Algorithm.Names) { Data = "train.jsonl" };
        var (full, lora) = (Recipe.Named("gsm8k", catalog), Recipe.Named("gsm8k-lora", catalog));
        Assert.Equal(("train.jsonl", "gsm8k"), (full.Problems[0].Options.GetProperty("path").GetString(), full.Problems[0].Options.GetProperty("name").GetString()));
        Assert.Equal((RecipeFlags.Model, "checkpoint", "chat", 0), (full.Model.Path, full.Tokenizer, full.Template, full.Algorithm!.KlCoefficient));
        Assert.Equal((64, 8), (full.Rollouts.Prompts, full.Rollouts.Group));
        Assert.EndsWith(@"\boxed{}.", full.System, StringComparison.Ordinal);
        Assert.Equal("accuracy", full.Rewards.Definition!.Value.GetProperty("components")[0].GetProperty("grader").GetString());
        Assert.Equal((32, 64), (lora.Lora!.Rank, lora.Lora.Alpha));
        Assert.Equal(LoraShape.Projections.AsEnumerable(), lora.Lora.Targets.AsEnumerable());
        string[] apart = ["name", "description", "reinforcement.learningRate"];
        string[] Rows(Recipe recipe) => [.. RecipeTable.Rows(recipe).Where(row => !apart.Contains(row.Field) && !row.Field.StartsWith("lora", StringComparison.Ordinal)).Select(row => $"{row.Field}: {row.Value}")];
        Assert.Equal(Rows(full), Rows(lora));
        // What the command line does not give stays open, to be told where it is looked for.
        Assert.Equal(RecipeFlags.Data, Recipe.Named("gsm8k").Problems[0].Options.GetProperty("path").GetString());
        var (_, errors) = ProblemKinds.Make("jsonl", Recipe.Named("gsm8k").Problems[0].Options);
        Assert.StartsWith("is given by --data FILE, which is missing", Assert.Single(errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_built_in_r1_zero_says_what_it_is_made_of()
    {
        var recipe = Recipe.Named("r1-zero");
        Assert.Equal(["addition", "countdown"], recipe.Problems.Select(problem => problem.Kind));
        Assert.Equal(2, recipe.Problems[0].Options.GetProperty("digits").GetInt32());
        Assert.Equal((3e-3, Decay.Cosine, 0.1), (recipe.Pretraining!.LearningRate, recipe.Pretraining.Decay, recipe.Pretraining.FinalShare));
        Assert.Equal(("r1-zero", null), (recipe.Rewards.Rubric, recipe.Rewards.Url));
        Assert.Equal("grpo", recipe.Algorithm!.Name);
        Assert.Equal((64, 8, 104), (recipe.Rollouts.Prompts, recipe.Rollouts.Group, recipe.Rollouts.MaxTokens));
        var shape = recipe.Model.Shape(100);
        Assert.Empty(shape.Errors());
        Assert.Equal((100, 128, 4, 4, 2, 32, 352), (shape.VocabularySize, shape.HiddenSize, shape.Layers, shape.Heads, shape.KeyValueHeads, shape.HeadSize, shape.IntermediateSize));
    }

    [Fact]
    public void What_is_left_out_has_a_default()
    {
        var recipe = Recipe.Read(Least, "least.yaml");
        Assert.Equal((1, "character", "r1-zero", null), (recipe.Seed, recipe.Tokenizer, recipe.Template, recipe.Pretraining));
        Assert.Equal(new RolloutRecipe(), recipe.Rollouts);
        Assert.Equal(new EvaluationRecipe(), recipe.Evaluation);
        Assert.Equal(new CheckpointRecipe(), recipe.Checkpoints);
        Assert.Equal(new AlgorithmRecipe("grpo"), recipe.Algorithm);
        Assert.Equal((2, 16), (recipe.Model.KeyValueHeads, recipe.Model.HeadSize));
        Assert.Equal(1, Assert.Single(recipe.Problems).Weight);
        Assert.Equal(Least, recipe.Yaml);
    }

    [Fact]
    public void A_checkpoint_brings_its_own_measures_and_tokenizer()
    {
        var recipe = Recipe.Read(Least.Replace("model: {hidden: 32, layers: 1, heads: 2, intermediate: 48}", "model: {path: models/qwen}\npretraining: null", StringComparison.Ordinal), "least.yaml");
        Assert.Equal(("models/qwen", "checkpoint", null), (recipe.Model.Path, recipe.Tokenizer, recipe.Pretraining));
    }

    [Fact]
    public void Members_of_the_algorithm_override_its_preset()
    {
        var recipe = Recipe.Read(Least.Replace("{name: grpo}", "{name: dapo, clipHigh: 0.28, klCoefficient: 0, dynamicSampling: false, weighting: per-sequence, advantage: dr-grpo}", StringComparison.Ordinal), "least.yaml");
        Assert.Equal(new AlgorithmRecipe("dapo") { ClipHigh = 0.28, KlCoefficient = 0, DynamicSampling = false, Weighting = WeightingKind.PerSequence, Advantage = AdvantageKind.DrGrpo }, recipe.Algorithm);
        Assert.Equal(
            Algorithm.Named("dapo") with { DynamicSampling = false, Weighting = WeightingKind.PerSequence, Advantage = AdvantageKind.DrGrpo },
            recipe.Algorithm!.Apply());
        Assert.Empty(recipe.Algorithm!.Apply().Errors());
    }

    [Fact]
    public void A_policy_may_learn_by_imitation()
    {
        var recipe = Recipe.Read(Least.Replace("algorithm: {name: grpo}", "imitation: {rationalize: true, fromBase: true, hint: ' = {answer}', filter: {format: 1, perProblem: 2}}", StringComparison.Ordinal), "least.yaml");
        Assert.Equal(
            new ImitationRecipe { Rationalize = true, FromBase = true, Hint = " = {answer}", Filter = new() { Format = 1, PerProblem = 2 } }, recipe.Imitation);
        Assert.Equal((null, null, "imitation"), (recipe.Algorithm, recipe.Distillation, recipe.Method));
    }

    [Fact]
    public void A_policy_may_learn_from_a_teacher()
    {
        var recipe = Recipe.Read(Least.Replace("algorithm: {name: grpo}", "distillation: {teacher: models/large, kind: reverse-kl}", StringComparison.Ordinal), "least.yaml");
        Assert.Equal(new DistillationRecipe("models/large", DistillationKind.ReverseKl, new()), recipe.Distillation);
        Assert.Equal((null, null, "distillation"), (recipe.Algorithm, recipe.Imitation, recipe.Method));
    }

    [Fact]
    public void A_rubric_may_be_written_out()
    {
        var recipe = Recipe.Read(Least.Replace("rubric: r1-zero", "rubric: {name: mine, components: [{grader: accuracy, weight: 0.5}]}", StringComparison.Ordinal), "least.yaml");
        Assert.Null(recipe.Rewards.Rubric);
        Assert.Equal(0.5, recipe.Rewards.Definition!.Value.GetProperty("components")[0].GetProperty("weight").GetDouble());
    }

    [Fact]
    public void Rewards_may_come_from_a_server_elsewhere()
    {
        var recipe = Recipe.Read(Least.Replace("rubric: r1-zero", "rewards: {url: 'http://rewards:8080', rubric: r1, apiKey: REWARD_KEY}", StringComparison.Ordinal), "least.yaml");
        Assert.Equal(new RewardRecipe("r1", null, new("http://rewards:8080"), "REWARD_KEY"), recipe.Rewards);
    }

    [Fact]
    public void An_argument_is_a_built_in_recipe_or_a_file()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("recipe").FullName, "mine.yaml");
        File.WriteAllText(file, Least);
        Assert.Equal(("r1-zero", "least"), (Recipe.Find("r1-zero").Name, Recipe.Find(file).Name));
        var error = Assert.Throws<RecipeException>(() => Recipe.Find("no-such"));
        Assert.Contains("no-such: is neither a file nor a built-in recipe; there are: ", error.Message, StringComparison.Ordinal);
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }
}
