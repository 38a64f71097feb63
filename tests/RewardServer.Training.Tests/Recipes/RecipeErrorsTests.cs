using FsCheck;
using FsCheck.Fluent;
using RewardServer.Training.Problems;
using RewardServer.Training.Recipes;

namespace RewardServer.Training.Tests.Recipes;

public sealed class RecipeErrorsTests
{
    [Fact]
    public void All_errors_come_at_once_with_line_and_field()
    {
        const string Yaml = """
            name: bad
            sead: 3
            model:
              hiden: 32
              layers: 0
              heads: two
              intermediate: [48]
            problems:
              - kind: addition
                wieght: 2
              - kind: countdwon
                weight: -1
            rubric: r1-zero
            algorithm: {name: grpoo}
            reinforcement: {steps: 3, learningRate: 0, decay: cosin, clip: .nan}
            rollouts: {group: 0, topP: 1.5}
            evaluation: 7
            """;
        Assert.Equal(
            """
            bad.yaml:2: sead is unknown; did you mean 'seed'?
            bad.yaml:3: model.hidden is missing
            bad.yaml:4: model.hiden is unknown; did you mean 'hidden'?
            bad.yaml:5: model.layers must be at least 1, but is '0'
            bad.yaml:6: model.heads must be a whole number, but is 'two'
            bad.yaml:7: model.intermediate must be a whole number, but is a list
            bad.yaml:10: problems[0].wieght is unknown; did you mean 'weight'?
            bad.yaml:11: problems[1].kind is 'countdwon', which is unknown; did you mean 'countdown'?
            bad.yaml:12: problems[1].weight must be above 0, but is '-1'
            bad.yaml:14: algorithm.name is 'grpoo', which is unknown; did you mean 'grpo'?
            bad.yaml:15: reinforcement.learningRate must be above 0, but is '0'
            bad.yaml:15: reinforcement.decay is 'cosin', which is unknown; did you mean 'cosine'?
            bad.yaml:15: reinforcement.clip must be a number, but is '.nan'
            bad.yaml:16: rollouts.group must be at least 1, but is '0'
            bad.yaml:16: rollouts.topP must be above 0 and at most 1, but is '1.5'
            bad.yaml:17: evaluation must be a mapping, but is '7'
            """,
            Errors(Yaml, new(["addition", "countdown"], ["grpo", "dapo"])));
    }

    [Fact]
    public void An_empty_mapping_lacks_what_every_recipe_must_have() =>
        Assert.Equal(
            """
            bad.yaml:1: model is missing
            bad.yaml:1: name is missing
            bad.yaml:1: problems is missing
            bad.yaml:1: rubric is missing, and so is rewards: one of the two must give the rewards
            bad.yaml:1: reinforcement is missing
            bad.yaml:1: algorithm is missing, and so are imitation, distillation, preferences, fineTuning and sampling: one of the six must say how the policy learns
            """,
            Errors("{}"));

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("# nothing\n", "is empty")]
    [InlineData("[1, 2]", "must be a mapping, but is a list")]
    [InlineData("name: a\nname: b", "bad.yaml:2: is no YAML: Duplicate key")]
    [InlineData("name: [a", "is no YAML")]
    [InlineData("name: &a x\nseed: *a", "bad.yaml:1: holds an anchor or an alias, which are not read")]
    [InlineData("name: x\nseed: !!int 3", "bad.yaml:2: holds a tag, which are not read")]
    [InlineData("name: x\n---\nname: y", "bad.yaml:3: begins a second document")]
    [InlineData("? [a]\n: b", "bad.yaml:1: has a name that is no text")]
    public void What_is_no_recipe_at_all_is_told(string yaml, string error) => Assert.Contains(error, Errors(yaml), StringComparison.Ordinal);

    [Theory]
    [InlineData("seed: 1", "seed: 3000000000", "seed must be at most 2147483647, but is '3000000000'")]
    [InlineData("seed: 1", "seed: 1.5", "seed must be a whole number, but is '1.5'")]
    [InlineData("seed: 1", "seed: '1'", "seed must be a whole number, but is '1'")]
    [InlineData("seed: 1", "name2: 1", "name2 is unknown; did you mean 'name'?")]
    [InlineData("seed: 1", "abcdefghijkl: 1", "abcdefghijkl is unknown; there are: ")]
    [InlineData("name: least", "name: 7", "name must be a text, but is '7'")]
    [InlineData("heads: 2", "heads: 3", "model.heads must divide the 32 of hidden where there is no headSize, but is 3")]
    [InlineData("heads: 2", "heads: 2, keyValueHeads: 3", "model.keyValueHeads must divide the 2 heads, but is 3")]
    [InlineData("heads: 2", "heads: 2, headSize: 7", "model.headSize must be even, but is 7")]
    [InlineData("heads: 2", "heads: 2, maxPositions: 96", "rollouts has a maxTokens of 96, which leaves no room for a prompt in the model's 96 positions")]
    [InlineData("heads: 2", "heads: 2, queryKeyNorm: yes", "model.queryKeyNorm must be true or false, but is 'yes'")]
    [InlineData("[{kind: addition}]", "[]", "problems must be a list of at least one, but is an empty list")]
    [InlineData("[{kind: addition}]", "[addition]", "problems[0] must be a mapping, but is 'addition'")]
    [InlineData("[{kind: addition}]", "[{kind: addition, options: 2}]", "problems[0].options must be a mapping, but is '2'")]
    [InlineData("rubric: r1-zero", "rubric: r1\nrewards: {url: 'http://a', rubric: r1}", "rewards must be absent beside rubric: one of the two gives the rewards")]
    [InlineData("rubric: r1-zero", "rewards: {url: 'ftp://a', rubric: r1}", "rewards.url must be an address that begins with http:// or https://, but is 'ftp://a'")]
    [InlineData("rubric: r1-zero", "rewards: {url: 'http://a'}", "rewards.rubric is missing")]
    [InlineData("learningRate: 1e-3", "learningRate: 1e-3, warmup: 4", "reinforcement.warmup must be at most the 3 steps, but is 4")]
    [InlineData("name: grpo", "name: grpo, weighting: per-tokn", "algorithm.weighting is 'per-tokn', which is unknown; did you mean 'per-token'?")]
    [InlineData("name: grpo", "name: grpo, clipHigh: 1001", "algorithm.clipHigh must be from 0 to 1000, but is '1001'")]
    [InlineData("name: grpo", "name: ppo, lambda: 1.5", "algorithm.lambda must be from 0 to 1, but is '1.5'")]
    [InlineData("name: grpo", "name: ppo, criticRate: 0", "algorithm.criticRate must be above 0 and at most 1000, but is '0'")]
    [InlineData("name: grpo", "name: rloo, klPlacement: rewards", "algorithm.klPlacement is 'rewards', which is unknown; did you mean 'reward'?")]
    [InlineData("algorithm: {name: grpo}", "algorithm: {name: grpo}\nimitation: {}", "imitation must be absent beside algorithm: one of the two says how the policy learns")]
    [InlineData("algorithm: {name: grpo}", "imitation: {hint: '='}", "imitation.hint must have {answer}, in whose place the right answer stands")]
    [InlineData("algorithm: {name: grpo}", "imitation: {rationalize: true, filter: {accuracy: false}}", "imitation.rationalize must not be true where filter.accuracy is false")]
    [InlineData("algorithm: {name: grpo}", "imitation: {filter: {perProblem: 0}}", "imitation.filter.perProblem must be at least 1, but is '0'")]
    [InlineData("algorithm: {name: grpo}", "distillation: {}", "distillation.teacher is missing")]
    [InlineData("algorithm: {name: grpo}", "distillation: {teacher: stage:a}", "distillation.teacher names stage:a, but there is no stage before it")]
    [InlineData("algorithm: {name: grpo}", "fineTuning: {files: a.jsonl}", "fineTuning.files must be a list of at least one text, but is 'a.jsonl'")]
    [InlineData("algorithm: {name: grpo}", "fineTuning: {files: [builtin:coldstart]}", "fineTuning.files names builtin:coldstart, which is not built in; there are: cold-start, cold-start-sums")]
    [InlineData("seed: 1", "evaluation: {temperature: 1, testTime: {votes: [2, 1]}}", "evaluation.testTime.votes[1] must be greater than the one before, but is 1")]
    [InlineData("seed: 1", "evaluation: {temperature: 1, testTime: {votes: 4}}", "evaluation.testTime.votes must be a list of at least one whole number, but is '4'")]
    [InlineData("seed: 1", "evaluation: {temperature: 1, testTime: {budgets: [8, x]}}", "evaluation.testTime.budgets[1] must be a whole number, but is 'x'")]
    [InlineData("seed: 1", "evaluation: {testTime: {votes: [1, 2]}}", "evaluation.temperature must be above 0 where answers vote: the likeliest one is always the same")]
    [InlineData("algorithm: {name: grpo}", "fineTuning: {files: [problems:writing]}", "fineTuning.files names problems:writing, but the recipe asks no problems of that kind")]
    [InlineData("algorithm: {name: grpo}", "sampling: {filter: {scores: {judge: 2}}}", "sampling.filter.scores.judge must be from 0 to 1, but is '2'")]
    [InlineData("algorithm: {name: grpo}", "algorithm: {name: grpo}\nsampling: {}", "sampling must be absent beside algorithm: one of the two says how the policy learns")]
    [InlineData("algorithm: {name: grpo}", "distillation: {teacher: a, kind: reverse-kl, filter: {}}", "distillation.filter must be absent where kind is reverse-kl")]
    [InlineData("algorithm: {name: grpo}", "distillation: {teacher: a, kind: forward}", "distillation.kind is 'forward', which is unknown; there are: samples, reverse-kl")]
    [InlineData("algorithm: {name: grpo}", "preferences: {beta: 0.2}", "preferences.kind is missing")]
    [InlineData("algorithm: {name: grpo}", "preferences: {kind: dpo, beta: 0}", "preferences.beta must be above 0 and at most 1000, but is '0'")]
    [InlineData("seed: 1", "rollouts: {group: 1}", "rollouts has a group of 1, but must have at least 2 where the completions of a prompt are compared")]
    [InlineData("seed: 1", "rewardModel: {weight: 2}", "rewardModel.path is missing")]
    [InlineData("seed: 1", "tokenizer: checkpoint", "tokenizer must be 'character' where model gives no checkpoint")]
    [InlineData("model: {hidden: 32, layers: 1, heads: 2, intermediate: 48}", "model: {path: a, hidden: 32}", "model.hidden is unknown")]
    [InlineData("model: {hidden: 32, layers: 1, heads: 2, intermediate: 48}", "model: {path: a}\npretraining: {steps: 1, learningRate: 1}", "pretraining must be absent where model.path gives a checkpoint")]
    [InlineData("seed: 1", "lora: {}", "lora must be absent where model gives no checkpoint: there is nothing that adapters could belong to; model: {path: --model}")]
    [InlineData("model: {hidden: 32, layers: 1, heads: 2, intermediate: 48}", "model: {path: a}\nlora: {rank: 0}", "lora.rank must be from 1 to 4096, but is '0'")]
    [InlineData("model: {hidden: 32, layers: 1, heads: 2, intermediate: 48}", "model: {path: a}\nlora: {alpha: 0}", "lora.alpha must be above 0 and at most 100000, but is '0'")]
    [InlineData("model: {hidden: 32, layers: 1, heads: 2, intermediate: 48}", "model: {path: a}\nlora: {targets: [q_prj]}", "lora.targets names 'q_prj', which has no adapters; did you mean 'q_proj'?")]
    [InlineData("model: {hidden: 32, layers: 1, heads: 2, intermediate: 48}", "model: {path: a}\nlora: {targets: [q_proj, q_proj]}", "lora.targets names q_proj more than once")]
    [InlineData("model: {hidden: 32, layers: 1, heads: 2, intermediate: 48}", "model: {path: a}\nlora: {dropout: 0.1}", "lora.dropout is unknown; there are: ")]
    [InlineData("seed: 1", "system: Think.", "system must be absent where template is r1-zero: only chat has a place for a message of the system")]
    public void One_error_is_told_alone(string right, string wrong, string error)
    {
        var errors = Errors(("seed: 1\n" + RecipeTests.Least).Replace(right, wrong, StringComparison.Ordinal));
        Assert.Contains(error, errors, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', errors);
    }

    [Fact]
    public void A_loss_without_a_ratio_takes_one_update_a_step()
    {
        var right = RecipeTests.Least.Replace("name: grpo", "name: reinforce", StringComparison.Ordinal);
        Assert.NotNull(Recipe.Read(right, "good.yaml"));
        Assert.Contains(
            "reinforcement has 2 updates, but must have 1 with this loss",
            Errors(right.Replace("learningRate: 1e-3", "learningRate: 1e-3, updates: 2", StringComparison.Ordinal)),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sampling: {}", "lora must be absent beside sampling: nothing is learned")]
    [InlineData("preferences: {kind: reward-model}", "lora must be absent where preferences.kind is reward-model: the policy is left as it is")]
    public void Adapters_are_not_taken_where_the_policy_learns_nothing(string learning, string error) => Assert.EndsWith(
        error,
        Errors(("lora: {}\n" + RecipeTests.Least).Replace("algorithm: {name: grpo}", learning, StringComparison.Ordinal).Replace("model: {hidden: 32, layers: 1, heads: 2, intermediate: 48}", "model: {path: a}", StringComparison.Ordinal)),
        StringComparison.Ordinal);

    [Fact]
    public void PPO_takes_a_single_completion_of_a_prompt() => Assert.Equal(
        1, Recipe.Read(RecipeTests.Least.Replace("name: grpo}", "name: ppo}\nrollouts: {group: 1}", StringComparison.Ordinal), "good.yaml").Rollouts.Group);

    [Fact]
    public void Options_of_problems_are_told_with_all_else()
    {
        var catalog = new RecipeCatalog(["addition"], ["grpo"]) { OptionErrors = (kind, options) => ProblemKinds.Make(kind, options).Errors.Select(error => (error.Path, error.Message)) };
        var errors = Errors(
            RecipeTests.Least.Replace("[{kind: addition}]", "[{kind: addition, options: {digits: 0}}, {kind: addition, options: {digitz: 1}}]", StringComparison.Ordinal)
                .Replace("heads: 2", "heads: 0", StringComparison.Ordinal),
            catalog).Split('\n');
        Assert.Equal(3, errors.Length);
        Assert.Contains(errors, error => error.Contains("problems[0].options.digits", StringComparison.Ordinal));
        Assert.Contains(errors, error => error.Contains("problems[1].options", StringComparison.Ordinal));
        Assert.Contains(errors, error => error.Contains("model.heads", StringComparison.Ordinal));
    }

    [Fact]
    public void A_key_that_stands_where_its_name_should_is_not_repeated()
    {
        var errors = Errors(RecipeTests.Least.Replace("rubric: r1-zero", "rewards: {url: 'http://a', rubric: r1, apiKey: sk-secret-123}", StringComparison.Ordinal));
        Assert.Contains("rewards.apiKey must be the name of an environment variable", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData('[')]
    [InlineData('{')]
    public void A_text_nested_without_end_is_refused(char bracket) =>
        Assert.Contains("is nested deeper than 48", Errors("name: " + new string(bracket, 20_000)), StringComparison.Ordinal);

    [Fact]
    public void A_file_that_cannot_be_read_is_told()
    {
        var folder = Directory.CreateTempSubdirectory("recipe").FullName;
        Assert.Throws<RecipeException>(() => Recipe.FromFile(folder));
        Assert.Throws<RecipeException>(() => Recipe.FromFile(Path.Combine(folder, "none.yaml")));
        File.WriteAllText(Path.Combine(folder, "large.yaml"), new string('#', (1 << 20) + 1));
        Assert.Contains("is larger than 1024 KiB", Assert.Throws<RecipeException>(() => Recipe.FromFile(Path.Combine(folder, "large.yaml"))).Message, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Whatever_is_cut_or_put_in_a_recipe_is_read_or_told_never_thrown_otherwise()
    {
        var whole = RecipeTests.Least;
        Prop.ForAll<NonNull<string>, int, int>((text, at, length) =>
        {
            var from = (int)((uint)at % whole.Length);
            var to = from + (int)((uint)length % (whole.Length - from));
            try
            {
                return Recipe.Read(whole[..from] + text.Get + whole[to..], "bad.yaml").Problems.Length > 0;
            }
            catch (RecipeException exception)
            {
                return exception.Errors.Length > 0;
            }
        }).QuickCheckThrowOnFailure();
    }

    private static string Errors(string yaml, RecipeCatalog? catalog = null) => Assert.Throws<RecipeException>(() => Recipe.Read(yaml, "bad.yaml", catalog)).Message;
}
