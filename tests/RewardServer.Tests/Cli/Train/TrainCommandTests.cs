namespace RewardServer.Tests.Cli.Train;

[Collection(nameof(TinyRun))]
public sealed class TrainCommandTests(TinyRun tiny)
{
    private static string[] Lines(string output, string beginning) =>
        [.. output.Split('\n', StringSplitOptions.TrimEntries).Where(line => line.StartsWith(beginning, StringComparison.Ordinal))];

    [Fact]
    public void A_run_tells_a_line_a_step_and_where_it_is()
    {
        var (code, output, error) = tiny.Ended;
        Assert.True(code == 0, error);
        Assert.Equal(["pretraining 1/3", "pretraining 2/3", "pretraining 3/3"], Lines(output, "pretraining").Where(line => line.Contains("loss", StringComparison.Ordinal)).Select(Step));
        Assert.Equal(["reinforcement 1/2", "reinforcement 2/2"], Lines(output, "reinforcement").Where(line => line.Contains("loss", StringComparison.Ordinal)).Select(Step));
        Assert.Equal(2, output.Split("held-out: addition").Length - 1);
        Assert.Contains($"The run is in {tiny.Folder}", output, StringComparison.Ordinal);

        static string Step(string line) => line[..line.IndexOf("  ", StringComparison.Ordinal)];
    }

    [Fact]
    public void Its_folder_holds_the_report_the_metrics_the_recipe_and_checkpoints()
    {
        Assert.StartsWith("<!DOCTYPE html>", File.ReadAllText(Path.Combine(tiny.Folder, "report.html")), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(5, File.ReadLines(Path.Combine(tiny.Folder, "metrics.jsonl")).Count());
        Assert.Equal(TinyRun.Yaml, File.ReadAllText(Path.Combine(tiny.Folder, "recipe.yaml")));
        string[] files = [.. Directory.EnumerateFiles(tiny.Checkpoint).Select(file => Path.GetFileName(file))];
        Assert.All(["config.json", "model.safetensors", "tokenizer.json", "optimizer.safetensors", "state.json"], file => Assert.Contains(file, files));
    }

    [Fact]
    public async Task A_run_that_is_there_is_not_begun_again()
    {
        var before = File.ReadAllText(Path.Combine(tiny.Folder, "metrics.jsonl"));
        var (code, _, error) = await tiny.TrainAsync("--train", tiny.File("tiny.yaml"), "--run", tiny.Folder);
        Assert.Equal((2, $"rewardserver: {tiny.Folder} holds a run: --resume goes on with it, --run FOLDER begins another"), (code, error.Trim()));
        Assert.Equal(before, File.ReadAllText(Path.Combine(tiny.Folder, "metrics.jsonl")));
    }

    [Fact]
    public async Task A_run_goes_on_to_more_steps_as_one_of_so_many()
    {
        var folder = tiny.File("shorter");
        var (code, output, error) = await tiny.TrainAsync("--train", tiny.File("tiny.yaml"), "--run", folder, "--steps", "1");
        Assert.True(code == 0, error);
        Assert.Contains("the base model is that of", output, StringComparison.Ordinal);

        (code, output, error) = await tiny.TrainAsync("--train", tiny.File("tiny.yaml"), "--run", folder, "--resume", "--steps", "2");
        Assert.True(code == 0, error);
        Assert.DoesNotContain("pretraining", output, StringComparison.Ordinal);
        Assert.DoesNotContain("reinforcement 1/", output, StringComparison.Ordinal);
        Assert.Contains("reinforcement 2/2", output, StringComparison.Ordinal);
        var checkpoint = Path.Combine(folder, "checkpoints", "step-000002");
        Assert.Equal(File.ReadAllBytes(Path.Combine(tiny.Checkpoint, "model.safetensors")), File.ReadAllBytes(Path.Combine(checkpoint, "model.safetensors")));
    }

    [Fact]
    public async Task All_that_is_wrong_with_a_recipe_is_told_by_line_and_field()
    {
        var file = tiny.File("bad.yaml");
        File.WriteAllText(file, TinyRun.Yaml.Replace("layers: 1", "layers: 0", StringComparison.Ordinal).Replace("name: grpo", "name: grpoo", StringComparison.Ordinal));
        var (code, output, error) = await tiny.TrainAsync("--train", file, "--run", tiny.File("bad"));
        Assert.Equal((2, ""), (code, output));
        var lines = error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal(2, lines.Length);
        Assert.Equal($"rewardserver: {file}:2: model.layers must be at least 1, but is '0'", lines[0]);
        Assert.StartsWith($"rewardserver: {file}:8: algorithm.name ", lines[1], StringComparison.Ordinal);
        Assert.False(Directory.Exists(tiny.File("bad")));
    }

    [Fact]
    public async Task Wrong_options_of_a_problem_are_told_by_line_and_field()
    {
        var file = tiny.File("digits.yaml");
        File.WriteAllText(file, TinyRun.Yaml.Replace("digits: 1", "digits: 9", StringComparison.Ordinal));
        var (code, _, error) = await tiny.TrainAsync("--train", file, "--run", tiny.File("digits"));
        Assert.Equal(2, code);
        Assert.Contains(":4: problems[0].options.digits must be from 1 to 3, but is 9", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Problems_whose_programs_cannot_be_run_are_told_before_anything_is_trained()
    {
        var file = tiny.File("programs.yaml");
        File.WriteAllText(file, TinyRun.Yaml.Replace("{kind: addition, options: {digits: 1}}", "{kind: program}", StringComparison.Ordinal));
        var (code, output, error) = await tiny.TrainAsync("--train", file, "--run", tiny.File("programs"));
        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith("rewardserver: problems of kind 'program' are answered by python programs, which cannot be run here: ", error, StringComparison.Ordinal);
        Assert.Contains("To mend: ", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(tiny.File("programs")));
    }

    [Fact]
    public async Task A_template_that_the_model_does_not_have_is_told()
    {
        var file = tiny.File("chat.yaml");
        File.WriteAllText(file, TinyRun.Yaml + "\ntemplate: chat\n");
        var (code, _, error) = await tiny.TrainAsync("--train", file, "--run", tiny.File("chat"));
        Assert.Equal(2, code);
        Assert.StartsWith("rewardserver: tiny: the template 'chat' is a checkpoint's", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_neither_a_recipe_nor_a_file_is_told()
    {
        var (code, _, error) = await tiny.TrainAsync("--train", "no-such-recipe");
        Assert.Equal(2, code);
        Assert.Contains("no-such-recipe", error, StringComparison.Ordinal);
        Assert.Contains("r1-zero", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--device", "tpu")]
    [InlineData("--device", "cuda:one")]
    [InlineData("--device", "cpu:0")]
    [InlineData("--device", "cpu,cuda:0")]
    [InlineData("--device", "cpu,")]
    [InlineData("--device", "cuda:0,all")]
    [InlineData("--threads", "0")]
    [InlineData("--precision", "int8")]
    [InlineData("--steps", "0")]
    [InlineData("--seed", "-1")]
    public async Task Options_that_cannot_be_used_are_told(string option, string value)
    {
        var (code, output, error) = await tiny.AskAsync("", "--train", tiny.File("tiny.yaml"), "--run", tiny.File("never"), option, value);
        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith($"rewardserver: {option}: must be ", error, StringComparison.Ordinal);
        Assert.Contains(value, error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(tiny.File("never")));
    }

    [Fact]
    public async Task Two_devices_share_a_run()
    {
        var (code, output, error) = await tiny.TrainAsync("--train", tiny.File("tiny.yaml"), "--run", tiny.File("shared"), "--device", "cpu,cpu");
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("reinforcement 2/2", output, StringComparison.Ordinal);
        Assert.Contains("\"cpu x 2\"", (await File.ReadAllTextAsync(Path.Combine(tiny.File("shared"), "run.json"), TestContext.Current.CancellationToken)).ToLowerInvariant(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_without_libtorch_is_told_with_how_to_get_it()
    {
        var empty = Directory.CreateDirectory(tiny.File("empty")).FullName;
        var (code, _, error) = await tiny.TrainAsync("--train", tiny.File("tiny.yaml"), "--run", tiny.File("never"), "--libtorch", empty);
        Assert.Equal(2, code);
        Assert.StartsWith($"rewardserver: libtorch could not be loaded from {empty}: ", error, StringComparison.Ordinal);
        Assert.Contains("PyTorch", error, StringComparison.Ordinal);
    }
}
