using System.Runtime.InteropServices;
using System.CommandLine;
using RewardServer.Cli.Train;
using RewardServer.Hosting;
using RewardServer.Training.Experiments;
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
        Description = $"Train a policy by a recipe: a built-in one ({string.Join(", ", Recipe.Names)}) or a YAML file; or compare recipes by an experiment ({string.Join(", ", Experiment.Names)}) or a file with arms. What comes of it is kept in a folder.",
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

    private static readonly Option<string?> Model = new(RecipeFlags.Model)
    {
        Description = "With --train: folder of a Hugging Face checkpoint to begin with, in place of the recipe's model.",
        HelpName = "FOLDER",
    };

    private static readonly Option<string?> Data = new(RecipeFlags.Data)
    {
        Description = "With --train: the file of problems of a recipe that leaves it open, as gsm8k does: a line of JSON a problem, with question and answer.",
        HelpName = "FILE",
    };

    /// <summary>Adds its options to the root command.</summary>
    public static void AddTo(RootCommand root)
    {
        foreach (var option in (Option[])[Train, Run, Resume, Seed, Steps, Model, Data, .. TorchOptions.All])
        {
            root.Options.Add(option);
        }
    }

    /// <summary>Trains.</summary>
    /// <exception cref="StartException">Recipe, device, libtorch or settings cannot be used.</exception>
    public static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var (devices, type) = TorchOptions.Load(parsed);
        var experiment = Experiment.IsMeant(parsed.GetValue(Train)!) ? Asked(parsed) : null;
        var recipe = experiment is null ? Named(parsed) : experiment.Arms[0].Recipe;
        var options = new RunOptions
        {
            Folder = parsed.GetValue(Run) ?? Path.Combine("runs", experiment is null ? recipe.Name : Path.Combine("experiments", experiment.Name)),
            Resume = parsed.GetValue(Resume) || experiment is not null,
            BaseModels = Path.Combine(LibTorch.Cache, "base-models"),
            Device = devices[0],
            Others = devices[1..],
            ComputeType = type,
        };
        var begun = Directory.Exists(new RunFolder(options.Folder).CheckpointsPath) || RunCheckpoints.Meant(options.Folder) != options.Folder;
        if (!options.Resume && begun)
        {
            throw new StartException([$"{options.Folder} holds a run: --resume goes on with it, --run FOLDER begins another"]);
        }

        var settings = Settings.Read(new ConfigurationBuilder().AddJsonFile(Path.GetFullPath("appsettings.json"), optional: true).AddEnvironmentVariables().Build());
        try
        {
            if (experiment is not null)
            {
                await ExperimentCommand.RunAsync(experiment, options, settings, cancellation);
                return 0;
            }

            await using var grading = await TrainingRewards.StartAsync(recipe, settings, Console.Error, cancellation);
            await TrainingDisplay.ShowAsync(AnsiConsole.Console, TimeProvider.System, observer => RecipeRun.RunAsync(recipe, options, grading.Of, observer, cancellation));
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
            var newest = RunCheckpoints.Meant(options.Folder);
            Console.Error.WriteLine($"rewardserver: {exception.Message}; {(newest != options.Folder ? $"--resume goes on from {newest}" : "there is no checkpoint yet")}");
            return 1;
        }
        catch (ExternalException exception) when (exception.Message.Contains("out of memory", StringComparison.OrdinalIgnoreCase))
        {
            // What libtorch says; the rest is where it was thrown.
            Console.Error.WriteLine($"rewardserver: {exception.Message.Split('\n')[0]} Lower reinforcement.batchTokens or memory.sequences, or say memory: {{gradientCheckpointing: true}}; --resume goes on from the newest checkpoint in {options.Folder}");
            return 1;
        }
        catch (OperationCanceledException) when (experiment is not null)
        {
            Console.Error.WriteLine($"rewardserver: ended; the same command goes on in {options.Folder}");
            throw;
        }
        catch (OperationCanceledException)
        {
            var newest = RunCheckpoints.Meant(options.Folder);
            Console.Error.WriteLine(newest != options.Folder ? $"rewardserver: ended; --resume goes on from {newest}" : "rewardserver: ended before there was anything to keep");
            throw;
        }

        var parts = recipe.Stages.IsEmpty ? $"report.html, metrics.jsonl, checkpoints{(recipe.Lora is null ? "" : ", merged")}" : $"report.html, {string.Join(", ", recipe.Stages.Select(stage => stage.Stage!.Folder))}";
        Console.WriteLine($"The run is in {Path.GetFullPath(options.Folder)}: {parts}.");
        return 0;
    }

    private static Experiment Asked(ParseResult parsed)
    {
        foreach (var option in (Option[])[Steps, Seed, Model])
        {
            if (parsed.GetResult(option) is { Implicit: false })
            {
                throw new StartException([$"{option.Name}: an experiment says itself what is run; write one of your own for another"]);
            }
        }

        try
        {
            var experiment = Experiment.Find(parsed.GetValue(Train)!, Catalog(parsed));
            foreach (var recipe in experiment.Arms.SelectMany(arm => (Recipe[])[arm.Recipe, .. arm.Recipe.Stages]))
            {
                RecipeProblems.ReadOf(recipe);
                RecipeProblems.Of(recipe);
            }

            CheckFlags(parsed, [.. experiment.Arms.SelectMany(arm => (Recipe[])[arm.Recipe, .. arm.Recipe.Stages])]);
            return experiment;
        }
        catch (RecipeException exception)
        {
            throw new StartException([.. exception.Message.Split('\n')]);
        }
    }

    private static RecipeCatalog Catalog(ParseResult parsed) => new([.. ProblemKinds.All.Select(kind => kind.Name)], Training.Algorithms.Algorithm.Names)
    {
        OptionErrors = (kind, options) => ProblemKinds.Make(kind, options).Errors.Select(error => (error.Path, error.Message)),
        Data = parsed.GetValue(Data),
    };

    // What recipes leave to the command line it must say, and no more.
    private static void CheckFlags(ParseResult parsed, Recipe[] recipes)
    {
        if (recipes.FirstOrDefault(recipe => recipe.Model.Path == RecipeFlags.Model) is { } unmade)
        {
            throw new StartException([$"{RecipeFlags.Model}: is missing: {unmade.Name} begins with a checkpoint of Hugging Face, and this flag gives its folder"]);
        }

        if (parsed.GetValue(Data) is { } data && !recipes.SelectMany(recipe => recipe.Problems).Any(problem => problem.Options.TryGetProperty("path", out var path) && path.ToString() == data))
        {
            throw new StartException([$"{RecipeFlags.Data}: the recipe asks for no file of problems: one that does has {{kind: jsonl, options: {{path: {RecipeFlags.Data}}}}} among its problems"]);
        }
    }

    private static Recipe Named(ParseResult parsed)
    {
        AtLeast(parsed, Steps, 1);
        AtLeast(parsed, Seed, 0);
        try
        {
            var recipe = Recipe.Find(parsed.GetValue(Train)!, Catalog(parsed));
            recipe = parsed.GetValue(Model) is { } model ? recipe.WithModel(model) : recipe;
            recipe = parsed.GetValue(Steps) is { } steps ? WithSteps(recipe, steps) : recipe;
            Array.ForEach([recipe, .. recipe.Stages], one => RecipeProblems.ReadOf(one));
            RecipeProblems.Of(recipe);
            CheckFlags(parsed, [recipe, .. recipe.Stages]);
            return parsed.GetValue(Seed) is { } seed ? recipe.WithSeed(seed) : recipe;
        }
        catch (RecipeException exception)
        {
            throw new StartException([.. exception.Message.Split('\n')]);
        }
    }

    private static Recipe WithSteps(Recipe recipe, int steps) => recipe.Stages.IsEmpty
        ? recipe with { Reinforcement = recipe.Reinforcement with { Optimization = recipe.Reinforcement.Optimization with { Steps = steps } } }
        : throw new StartException([$"--steps: {recipe.Name} has stages, each with steps of its own: write them in a recipe of your own"]);

    private static void AtLeast(ParseResult parsed, Option<int?> option, int least)
    {
        if (parsed.GetValue(option) is { } value && value < least)
        {
            throw new StartException([$"{option.Name}: must be at least {least}, but is {value}"]);
        }
    }
}
