using System.CommandLine;
using RewardServer.Cli.Train;
using RewardServer.Hosting;
using RewardServer.Training.Native;
using RewardServer.Training.Policies;
using RewardServer.Training.Problems;
using RewardServer.Training.Recipes;
using RewardServer.Training.Reporting;
using RewardServer.Training.Rewards;
using RewardServer.Training.Rollouts;
using RewardServer.Training.Runs;
using Spectre.Console;

namespace RewardServer.Cli;

/// <summary><c>--train</c>: trains a policy with the rewards of this server.</summary>
internal static class TrainCommand
{
    /// <summary>The recipe; where it is given, the program trains and does not serve.</summary>
    public static readonly Option<string?> Train = new("--train")
    {
        Description = $"Train a policy by a recipe: a built-in one ({string.Join(", ", Recipe.Names)}) or a YAML file. The run is kept in a folder.",
        HelpName = "RECIPE",
    };

    private static readonly Option<string?> Run = new("--run")
    {
        Description = "With --train: the folder of the run (default runs/NAME).",
        HelpName = "FOLDER",
    };

    private static readonly Option<bool> Resume = new("--resume")
    {
        Description = "With --train: go on from the run's newest checkpoint, as if it had never been broken off.",
    };

    private static readonly Option<int?> Seed = new("--seed") { Description = "With --train: another seed than the recipe's.", HelpName = "N" };

    private static readonly Option<int?> Steps = new("--steps")
    {
        Description = "With --train: other than the recipe's steps of reinforcement.",
        HelpName = "N",
    };

    private static readonly Option<string?> Model = new("--model")
    {
        Description = "With --train: folder of a Hugging Face checkpoint to begin with, in place of the recipe's model.",
        HelpName = "FOLDER",
    };

    /// <summary>Adds its options to the root command.</summary>
    public static void AddTo(RootCommand root)
    {
        foreach (var option in (Option[])[Train, Run, Resume, Seed, Steps, Model, .. TorchOptions.All])
        {
            root.Options.Add(option);
        }
    }

    /// <summary>Trains.</summary>
    /// <exception cref="StartException">Recipe, device, libtorch or settings cannot be used.</exception>
    public static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var torch = TorchOptions.Load(parsed);
        var recipe = Named(parsed);
        var options = new RunOptions
        {
            Folder = parsed.GetValue(Run) ?? Path.Combine("runs", recipe.Name),
            Resume = parsed.GetValue(Resume),
            BaseModels = Path.Combine(LibTorch.Cache, "base-models"),
            Device = torch.Device,
            ComputeType = torch.ComputeType,
        };
        if (!options.Resume && Directory.Exists(Path.Combine(options.Folder, "checkpoints")))
        {
            throw new StartException([$"{options.Folder} holds a run: --resume goes on with it, --run FOLDER begins another"]);
        }

        var settings = Settings.Read(new ConfigurationBuilder().AddJsonFile(Path.GetFullPath("appsettings.json"), optional: true).AddEnvironmentVariables().Build());
        await using var grading = await TrainingRewards.StartAsync(recipe.Rewards, RecipeProblems.Of(recipe), settings, Console.Error, cancellation);
        try
        {
            await TrainingDisplay.ShowAsync(AnsiConsole.Console, TimeProvider.System, async observer =>
            {
                using var run = Prepared(recipe, options, grading.Rewards, observer);
                await run.RunAsync(cancellation);
            });
        }
        catch (RecipeException exception)
        {
            throw new StartException([.. exception.Message.Split('\n')]);
        }
        catch (PromptLengthException exception)
        {
            throw new StartException([$"{recipe.Name}: {exception.Message}: lower rollouts.maxTokens, or leave long questions out"]);
        }
        catch (Exception exception) when (exception is NotFiniteException or RewardsUnavailableException)
        {
            Console.Error.WriteLine($"rewardserver: {exception.Message}; the newest checkpoint is in {options.Folder}, --resume goes on from it");
            return 1;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine(new RunCheckpoints(new RunFolder(options.Folder).CheckpointsPath, 1).Newest is { } newest
                ? $"rewardserver: ended; --resume goes on from {newest}"
                : "rewardserver: ended before there was anything to keep");
            throw;
        }

        Console.WriteLine($"The run is in {Path.GetFullPath(options.Folder)}: report.html, metrics.jsonl, checkpoints.");
        return 0;
    }

    private static TrainingRun Prepared(Recipe recipe, RunOptions options, IRewards rewards, ITrainingObserver observer)
    {
        try
        {
            return new(recipe, options, rewards, observer);
        }
        catch (ArgumentException exception)
        {
            throw new StartException([$"{recipe.Name}: {exception.Message}"]);
        }
    }

    private static Recipe Named(ParseResult parsed)
    {
        AtLeast(parsed, Steps, 1);
        AtLeast(parsed, Seed, 0);
        try
        {
            var catalog = new RecipeCatalog([.. ProblemKinds.All.Select(kind => kind.Name)], Training.Algorithms.Algorithm.Names)
            {
                OptionErrors = (kind, options) => ProblemKinds.Make(kind, options).Errors.Select(error => (error.Path, error.Message)),
            };
            var recipe = Recipe.Find(parsed.GetValue(Train)!, catalog);
            recipe = parsed.GetValue(Model) is { } model
                ? recipe with { Model = recipe.Model with { Path = model }, Tokenizer = "checkpoint", Pretraining = null }
                : recipe;
            recipe = parsed.GetValue(Steps) is { } steps
                ? recipe with { Reinforcement = recipe.Reinforcement with { Optimization = recipe.Reinforcement.Optimization with { Steps = steps } } }
                : recipe;
            RecipeProblems.Of(recipe);
            return parsed.GetValue(Seed) is { } seed ? recipe with { Seed = seed } : recipe;
        }
        catch (RecipeException exception)
        {
            throw new StartException([.. exception.Message.Split('\n')]);
        }
    }

    private static void AtLeast(ParseResult parsed, Option<int?> option, int least)
    {
        if (parsed.GetValue(option) is { } value && value < least)
        {
            throw new StartException([$"{option.Name}: must be at least {least}, but is {value}"]);
        }
    }
}
