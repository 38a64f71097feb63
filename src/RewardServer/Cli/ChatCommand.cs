using System.CommandLine;
using System.Text.Json;
using RewardServer.Cli.Train;
using RewardServer.Hosting;
using RewardServer.Training.Checkpoints;
using RewardServer.Training.Policies;
using RewardServer.Training.Reporting;
using RewardServer.Training.Rollouts;
using RewardServer.Training.Runs;
using RewardServer.Training.Tokens;

namespace RewardServer.Cli;

/// <summary><c>chat</c>: asks a checkpoint, a line at a time.</summary>
internal static class ChatCommand
{
    private static readonly Argument<string> Folder = new("CHECKPOINT") { Description = "Folder of a checkpoint: one of a run, or Hugging Face's; of a run, its newest is asked." };

    private static readonly Option<double> Temperature = new("--temperature")
    {
        Description = "What logits are divided by; 0 takes the likeliest token always.",
        DefaultValueFactory = _ => 0.7,
    };

    private static readonly Option<int> MaxTokens = new("--max-tokens") { Description = "Tokens that an answer may have.", DefaultValueFactory = _ => 256 };

    private static readonly Option<string> Template = new("--template")
    {
        Description = "How a line becomes a prompt: r1-zero, plain, or chat for the checkpoint's own; with chat, what a run made is told first what its recipe's system says.",
        DefaultValueFactory = _ => "r1-zero",
    };

    private static readonly Option<int> Seed = new("--seed") { Description = "What random numbers begin with.", DefaultValueFactory = _ => 1 };

    public static Command Create()
    {
        var command = new Command("chat", "Asks a checkpoint: each line of the input is a question, each answer is written out whole.")
        {
            Folder, Temperature, MaxTokens, Template, Seed,
        };
        foreach (var option in TorchOptions.All)
        {
            command.Options.Add(option);
        }

        command.SetAction((parsed, cancellation) => Task.FromResult(Ask(parsed, Console.In, Console.Out, cancellation)));
        return command;
    }

    private static int Ask(ParseResult parsed, TextReader input, TextWriter output, CancellationToken cancellation)
    {
        var (device, type) = TorchOptions.LoadOne(parsed);
        var folder = RunCheckpoints.Meant(parsed.GetRequiredValue(Folder));
        Check(parsed);
        if (!Directory.Exists(folder))
        {
            throw new StartException([$"there is no folder {folder}"]);
        }

        try
        {
            // Adapters have neither template nor tokenizer of their own.
            var texts = AdapterConfig.WholeOf(folder);
            var name = parsed.GetValue(Template)!;
            var template = PromptTemplate.Named(name, texts, name == "chat" ? System(folder) : null);
            var tokenizer = TokenizerFiles.Read(texts);
            using var policy = Checkpoint.ReadFrozen(folder, device, type);
            if (tokenizer.VocabularySize > policy.Shape.VocabularySize)
            {
                throw new InvalidDataException($"the tokenizer has {tokenizer.VocabularySize} tokens, and the model knows {policy.Shape.VocabularySize}");
            }

            for (var turn = 0; input.ReadLine() is { } question; turn++)
            {
                output.WriteLine(TerminalText.Safe(Answer(parsed, policy, tokenizer, template.Of(question), turn, cancellation)));
            }

            return 0;
        }
        catch (Exception exception) when (exception is InvalidDataException or FileNotFoundException or ArgumentException or NotFiniteException)
        {
            throw new StartException([$"{folder}: {exception.Message}"]);
        }
    }

    // What the policy was told before each question when it learned: without it, it is asked something else. run.json has it, of a stage that stage's own, which
    // its recipe.yaml alone could not be read for where it names other stages.
    private static string? System(string checkpoint)
    {
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(checkpoint));
        var parent = Path.GetDirectoryName(path);
        var run = parent is null ? null
            : path == new RunFolder(parent).MergedPath ? parent
            : Path.GetDirectoryName(parent) is { } above && parent == new RunFolder(above).CheckpointsPath ? above
            : null;
        var file = run is null ? null : Path.Combine(run, "run.json");
        if (!File.Exists(file))
        {
            return null;
        }

        try
        {
            return JsonElement.Parse(File.ReadAllText(file)).TryGetProperty("system", out var system) ? system.GetString() : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException($"{file}: {exception.Message}", exception);
        }
    }

    private static void Check(ParseResult parsed)
    {
        var (temperature, maxTokens) = (parsed.GetValue(Temperature), parsed.GetValue(MaxTokens));
        string[] errors =
        [
            .. temperature >= 0 && double.IsFinite(temperature) ? Array.Empty<string>() : [$"--temperature: must be at least 0, but is {temperature}"],
            .. maxTokens >= 1 ? Array.Empty<string>() : [$"--max-tokens: must be at least 1, but is {maxTokens}"],
        ];
        if (errors.Length > 0)
        {
            throw new StartException(errors);
        }
    }

    private static string Answer(ParseResult parsed, Policy policy, ISavedTokenizer tokenizer, string prompt, int turn, CancellationToken cancellation)
    {
        try
        {
            var tokens = tokenizer.Encode(prompt);
            var room = policy.Shape.MaxPositions - tokens.Length;
            if (room < 1)
            {
                return $"[the prompt is {tokens.Length} tokens long, and the policy reads {policy.Shape.MaxPositions}]";
            }

            var rollout = Generation.Generate(policy, tokenizer.Ends, [tokens], new()
            {
                Temperature = parsed.GetValue(Temperature),
                MaxTokens = Math.Min(parsed.GetValue(MaxTokens), room),
                Seed = parsed.GetValue(Seed) + turn,
            }, cancellation)[0];
            return tokenizer.Decode(rollout.Tokens) + (rollout.Truncated ? " [cut off]" : "");
        }
        catch (ArgumentException exception)
        {
            // A question that this policy cannot read: the next one may be one that it can.
            return $"[{exception.Message}]";
        }
    }
}
