using RewardServer.Training.Recipes;

namespace RewardServer.Tests.Cli.Train;

/// <summary>The recipes of GSM8K on a checkpoint as people use them, but small: fewer and shorter completions, and two steps.</summary>
public sealed class GsmCommandTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("rewardserver-gsm-").FullName;

    public GsmCommandTests()
    {
        TinyQwen.Write(Model);
        File.WriteAllLines(Data, Enumerable.Range(1, 60).Select(i =>
            $$"""{"question": "Tom has {{i}} apples and buys {{i + 1}}. How many has he?", "answer": "{{i}}+{{i + 1}}=<<{{i}}+{{i + 1}}={{2 * i + 1}}>>{{2 * i + 1}}\n#### {{2 * i + 1}}"}"""));
    }

    private string Model => Path.Combine(root, "qwen");

    private string Data => Path.Combine(root, "train.jsonl");

    private string Run => Path.Combine(root, "run");

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public async Task A_checkpoint_is_trained_on_the_problems_of_a_file_and_asked_as_it_was_trained()
    {
        var (code, output, error) = await TrainAsync(Small("gsm8k"), "--model", Model, "--data", Data);
        Assert.True(code == 0, error);
        Assert.Contains("reinforcement 2/2", output, StringComparison.Ordinal);
        Assert.Contains("held-out: gsm8k", output, StringComparison.Ordinal);
        var checkpoint = Path.Combine(Run, "checkpoints", "step-000002");
        Assert.All(["config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json", "optimizer.safetensors"], file => Assert.True(File.Exists(Path.Combine(checkpoint, file)), file));
        // What is asked is the chat's form with the instruction before the question.
        Assert.Contains("How many has he?", File.ReadAllText(Path.Combine(Run, "report.html")), StringComparison.Ordinal);

        // Whoever asks the run says that instruction, too: a question that is too long tells how many tokens all of it has. A byte of text is a token, and so is each mark.
        const string Instruction = @"Please reason step by step, and put your final answer within \boxed{}.";
        var question = new string('1', 600);
        var told = $"<system\n{Instruction}>\n<user\n{question}>\n<assistant\n".Length;
        Assert.Equal($"[the prompt is {told} tokens long, and the policy reads 512]", (await AskAsync(Run, question)).Trim());
        // The same weights elsewhere are asked as the checkpoint's template has it, which knows of no recipe.
        Directory.Move(checkpoint, Path.Combine(root, "elsewhere"));
        var untold = told - Instruction.Length + TinyQwen.Instruction.Length;
        Assert.NotEqual(told, untold);
        Assert.Equal($"[the prompt is {untold} tokens long, and the policy reads 512]", (await AskAsync(Path.Combine(root, "elsewhere"), question)).Trim());
    }

    [Fact]
    public async Task Adapters_are_trained_asked_gone_on_with_and_merged()
    {
        var recipe = Small("gsm8k-lora");
        var (code, output, error) = await TrainAsync(recipe, "--model", Model, "--data", Data);
        Assert.True(code == 0, error);
        Assert.Contains("checkpoints, merged.", output, StringComparison.Ordinal);
        var checkpoint = Path.Combine(Run, "checkpoints", "step-000002");
        Assert.All(["adapter_config.json", "adapter_model.safetensors", "optimizer.safetensors"], file => Assert.True(File.Exists(Path.Combine(checkpoint, file)), file));
        Assert.False(File.Exists(Path.Combine(checkpoint, "model.safetensors")));

        // The run, its checkpoint and the merged weights are one policy, to whoever asks.
        var answer = await AskAsync(Run, "How many?");
        Assert.Equal(answer, await AskAsync(checkpoint, "How many?"));
        Assert.Equal(answer, await AskAsync(Path.Combine(Run, "merged"), "How many?"));

        (code, output, error) = await TrainAsync(recipe, "--model", Model, "--data", Data, "--resume", "--steps", "3");
        Assert.True(code == 0, error);
        Assert.DoesNotContain("reinforcement 1/", output, StringComparison.Ordinal);
        Assert.Contains("reinforcement 3/3", output, StringComparison.Ordinal);

        // And what another run may begin with.
        var again = Path.Combine(root, "again");
        (code, _, error) = await ProgramAsync("", "--train", Small("gsm8k"), "--run", again, "--model", Run, "--data", Data, "--steps", "1", "--threads", "1");
        Assert.True(code == 0, error);
        Assert.True(File.Exists(Path.Combine(again, "checkpoints", "step-000001", "model.safetensors")));
    }

    [Fact]
    public async Task What_the_command_line_is_to_give_is_told_where_it_is_missing()
    {
        Assert.Equal((2, "rewardserver: --model: is missing: gsm8k begins with a checkpoint of Hugging Face, and this flag gives its folder"), await ToldAsync("gsm8k", "--data", Data));
        var (code, error) = await ToldAsync("gsm8k", "--model", Model);
        Assert.Equal(2, code);
        Assert.StartsWith("rewardserver: gsm8k:11: problems[0].options.path is given by --data FILE, which is missing", error, StringComparison.Ordinal);
        (code, error) = await ToldAsync("gsm8k-lora", "--model", Model, "--data", Path.Combine(root, "none.jsonl"));
        Assert.Equal(2, code);
        Assert.Contains("none.jsonl", error, StringComparison.Ordinal);
        (code, error) = await ToldAsync("r1-zero", "--data", Data);
        Assert.Equal(2, code);
        Assert.StartsWith("rewardserver: --data: the recipe asks for no file of problems", error, StringComparison.Ordinal);
    }

    private async Task<(int Code, string Error)> ToldAsync(params string[] arguments)
    {
        var (code, output, error) = await ProgramAsync("", ["--train", .. arguments, "--run", Run]);
        Assert.Equal("", output);
        Assert.False(Directory.Exists(Run));
        return (code, error.Trim());
    }

    private async Task<string> AskAsync(string folder, string question)
    {
        var (code, output, error) = await ProgramAsync($"{question}\n", "chat", folder, "--template", "chat", "--temperature", "0", "--max-tokens", "8", "--threads", "1");
        Assert.True(code == 0, error);
        return output;
    }

    private Task<(int ExitCode, string Output, string Error)> TrainAsync(string recipe, params string[] arguments) =>
        ProgramAsync("", ["--train", recipe, "--run", Run, "--threads", "1", .. arguments]);

    private Task<(int ExitCode, string Output, string Error)> ProgramAsync(string input, params string[] arguments) =>
        RewardServerProcess.RunAsync(new() { ["XDG_CACHE_HOME"] = Path.Combine(root, "cache"), ["Sandbox:Engine"] = "none" }, input, arguments);

    private string Small(string name)
    {
        var yaml = Recipe.Named(name).Yaml;
        foreach (var (large, small) in new[]
        {
            ("prompts: 64, group: 8", "prompts: 2, group: 2"), ("maxTokens: 512", "maxTokens: 12"), ("steps: 200", "steps: 2"), ("warmup: 10", "warmup: 1"),
            ("every: 20, problems: 256", "every: 2, problems: 4"),
            // Where all are wrong, rewards teach nothing.
            ("klCoefficient: 0", "klCoefficient: 0, entropyCoefficient: 0.01"),
        })
        {
            Assert.Contains(large, yaml, StringComparison.Ordinal);
            yaml = yaml.Replace(large, small, StringComparison.Ordinal);
        }

        var path = Path.Combine(root, $"{name}.yaml");
        File.WriteAllText(path, yaml);
        return path;
    }
}
