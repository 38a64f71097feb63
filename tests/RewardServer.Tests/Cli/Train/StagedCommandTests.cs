namespace RewardServer.Tests.Cli.Train;

[Collection(nameof(TinyRun))]
public sealed class StagedCommandTests(TinyRun tiny)
{
    private const string Stages = """

        stages:
          - name: zero
          - name: samples
            sampling: {filter: {accuracy: false}}
          - name: tuned
            from: base
            fineTuning: {files: [stage:samples, 'FILE']}
        """;

    private string Written(string name, string from = "name: tuned", string to = "name: tuned")
    {
        File.WriteAllText(tiny.File("sums.jsonl"), """{"question": "1+2=?", "completion": "<think>1+2=3</think><answer>3</answer>"}""");
        File.WriteAllText(tiny.File(name), TinyRun.Yaml + Stages.Replace("FILE", tiny.File("sums.jsonl"), StringComparison.Ordinal).Replace(from, to, StringComparison.Ordinal));
        return tiny.File(name);
    }

    [Fact]
    public async Task Stages_are_run_one_after_the_other_and_what_they_came_to_can_be_asked()
    {
        var (file, folder) = (Written("staged.yaml"), tiny.File("staged"));
        var (code, output, error) = await tiny.TrainAsync("--train", file, "--run", folder);
        Assert.True(code == 0, error);
        Assert.Contains("tiny, stage 1 of 3, zero from base: ", output, StringComparison.Ordinal);
        Assert.Contains("tiny, stage 3 of 3, tuned from base: ", output, StringComparison.Ordinal);
        Assert.Contains("stage 2, samples, is done: addition ", output, StringComparison.Ordinal);
        Assert.Contains($"The run is in {folder}: report.html, 1-zero, 2-samples, 3-tuned.", output, StringComparison.Ordinal);
        Assert.All(["report.html", "recipe.yaml", "3-tuned/report.html", "2-samples/samples/step-000002.jsonl"], name => Assert.True(File.Exists(Path.Combine(folder, name)), name));

        (code, _, error) = await tiny.TrainAsync("--train", file, "--run", folder);
        Assert.Equal((2, $"rewardserver: {folder} holds a run: --resume goes on with it, --run FOLDER begins another"), (code, error.Trim()));

        (code, output, error) = await tiny.TrainAsync("--train", file, "--run", folder, "--resume");
        Assert.True(code == 0, error);
        Assert.DoesNotContain("reinforcement 1/", output, StringComparison.Ordinal);

        string[] asked = ["--threads", "1", "--max-tokens", "8", "--seed", "3"];
        (code, var whole, error) = await tiny.AskAsync("1+2=?\n", ["chat", folder, .. asked]);
        Assert.True(code == 0, error);
        Assert.Equal(whole, (await tiny.AskAsync("1+2=?\n", ["chat", Path.Combine(folder, "3-tuned"), .. asked])).Output);
        Assert.Equal(whole, (await tiny.AskAsync("1+2=?\n", ["chat", Path.Combine(folder, "3-tuned", "checkpoints", "step-000002"), .. asked])).Output);
    }

    [Fact]
    public async Task What_is_wrong_with_a_file_is_told_before_anything_is_trained()
    {
        var file = Written("wrong.yaml", $"stage:samples, '{tiny.File("sums.jsonl")}'", "stage:samples, nowhere.jsonl");
        var (code, output, error) = await tiny.TrainAsync("--train", file, "--run", tiny.File("wrong"));
        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith("rewardserver: tiny: fineTuning.files ", error, StringComparison.Ordinal);
        Assert.Contains("nowhere.jsonl", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(tiny.File("wrong")));
    }

    [Fact]
    public async Task Stages_have_steps_of_their_own()
    {
        var (code, _, error) = await tiny.TrainAsync("--train", Written("steps.yaml"), "--run", tiny.File("steps"), "--steps", "1");
        Assert.Equal(2, code);
        Assert.StartsWith("rewardserver: --steps: tiny has stages", error, StringComparison.Ordinal);
    }
}
