using System.Collections.Immutable;
using System.Text.Json;
using RewardServer.Training.Algorithms;
using YamlDotNet.RepresentationModel;

namespace RewardServer.Training.Recipes.Reading;

/// <summary>Reads recipes, from top to bottom as they are written.</summary>
internal static class RecipeReader
{
    private static readonly JsonElement NoOptions = JsonElement.Parse("{}");

    /// <summary>The members that say how a policy learns; a recipe has one of them.</summary>
    public static ImmutableArray<string> Ways { get; } = ["algorithm", "imitation", "distillation", "preferences", "fineTuning", "sampling"];

    /// <exception cref="RecipeException">The recipe is wrong: all its errors at once.</exception>
    public static Recipe Read(string yaml, string source, RecipeCatalog? catalog)
    {
        var errors = new List<RecipeError>();
        var (root, error) = YamlDocument.Read(yaml);
        if (root is null)
        {
            throw new RecipeException(source, [error ?? new(null, "", "is empty")]);
        }

        var known = catalog ?? new([], Algorithm.Names);
        var recipe = RecipeSection.Of(root, "", (int)root.Start.Line, errors) is not { } section ? null
            : Of((YamlMappingNode)root, section, known, errors);
        // What the stages of a recipe share is read with each of them.
        return errors.Count == 0 && recipe is not null
            ? recipe with { Yaml = yaml }
            : throw new RecipeException(source, [.. errors.Distinct().OrderBy(problem => problem.Line)]);
    }

    /// <summary>A recipe, with stages or without.</summary>
    /// <param name="root">All of it.</param>
    /// <param name="section">The same as a section.</param>
    /// <param name="catalog">The names that it may use.</param>
    /// <param name="errors">Where errors go.</param>
    /// <returns>The recipe; null where it has no stage that could be read.</returns>
    public static Recipe? Of(YamlMappingNode root, RecipeSection section, RecipeCatalog catalog, List<RecipeError> errors) =>
        section.Has("stages") ? StagedReader.Read(root, section, catalog, errors) : Alone(section, catalog);

    private static Recipe Alone(RecipeSection section, RecipeCatalog catalog)
    {
        var read = Whole(section, catalog);
        StageReferences.Check(section, read, []);
        LoraReader.Check(section, read);
        return read;
    }

    /// <summary>A recipe from all its members.</summary>
    public static Recipe Whole(RecipeSection recipe, RecipeCatalog catalog)
    {
        var model = ModelReader.Read(recipe.Section("model", required: true));
        var isCheckpoint = model.Path is not null;
        var pretraining = recipe.Section("pretraining");
        var rollouts = LoopReader.Rollouts(recipe.Section("rollouts"));
        var read = new Recipe
        {
            Name = recipe.Text("name"),
            Description = recipe.TextOrNull("description") ?? "",
            Seed = recipe.Whole("seed", Bounds.NotNegative, 1),
            Model = model,
            Tokenizer = recipe.Word("tokenizer", ["character", "checkpoint"], isCheckpoint ? "checkpoint" : "character"),
            Template = recipe.Word("template", ["r1-zero", "plain", "chat"], "r1-zero"),
            System = recipe.TextOrNull("system"),
            Problems = Problems(recipe, catalog),
            PretrainingProblems = pretraining?.Has("problems") == true ? Problems(pretraining, catalog) : null,
            Pretraining = pretraining is not null ? OptimizationReader.Read(pretraining) : null,
            Rewards = RewardReader.Read(recipe),
            Rollouts = rollouts,
            Algorithm = AlgorithmReader.Read(recipe.Section("algorithm"), catalog),
            Imitation = LearningReader.Imitation(recipe.Section("imitation")),
            Distillation = LearningReader.Distillation(recipe.Section("distillation")),
            Preferences = LearningReader.Preferences(recipe.Section("preferences")),
            FineTuning = LearningReader.FineTuning(recipe.Section("fineTuning")),
            Sampling = LearningReader.Sampling(recipe.Section("sampling")),
            RewardModel = LearningReader.RewardModel(recipe.Section("rewardModel")),
            Lora = LoraReader.Read(recipe.Section("lora")),
            Reinforcement = OptimizationReader.Reinforcement(recipe.Section("reinforcement", required: true), learns: !recipe.Has("sampling")),
            Memory = MemoryReader.Read(recipe.Section("memory")),
            Evaluation = LoopReader.Evaluation(recipe.Section("evaluation"), rollouts.MaxTokens),
            Checkpoints = LoopReader.Checkpoints(recipe.Section("checkpoints")),
        };
        Together(recipe, read);
        recipe.Close();
        return read;
    }

    // What is wrong only of two members together.
    private static void Together(RecipeSection recipe, Recipe read)
    {
        string[] ways = [.. Ways.Where(recipe.Has)];
        if (ways.Length == 0)
        {
            recipe.Add("algorithm", "is missing, and so are imitation, distillation, preferences, fineTuning and sampling: one of the six must say how the policy learns");
        }

        foreach (var way in ways.Skip(1))
        {
            recipe.Add(way, $"must be absent beside {ways[0]}: one of the two says how the policy learns");
        }

        if (read.Model.Path is not null && read.Pretraining is not null)
        {
            recipe.Add("pretraining", "must be absent where model.path gives a checkpoint");
        }

        if (read.Model.Path is null && read.Tokenizer == "checkpoint")
        {
            recipe.Add("tokenizer", "must be 'character' where model gives no checkpoint");
        }

        if (read.System is not null && read.Template != "chat")
        {
            recipe.Add("system", $"must be absent where template is {read.Template}: only chat has a place for a message of the system");
        }

        if (read.Reinforcement.Updates > 1 && read.Algorithm is { } algorithm && Algorithm.Names.Contains(algorithm.Name) && algorithm.Apply().Loss == LossKind.Reinforce)
        {
            recipe.Add("reinforcement", $"has {read.Reinforcement.Updates} updates, but must have 1 with this loss: it has no ratio to what generated the completions, which are another policy's after the first");
        }

        if (read.Rollouts.Group < 2 && (read.Preferences is { Files.IsEmpty: true } || read.Algorithm is { } comparing && Algorithm.Names.Contains(comparing.Name)
            && comparing.Apply().Advantage is AdvantageKind.Grpo or AdvantageKind.DrGrpo or AdvantageKind.LeaveOneOut))
        {
            recipe.Add("rollouts", $"has a group of {read.Rollouts.Group}, but must have at least 2 where the completions of a prompt are compared");
        }

        if (read.Model.Path is null && read.Rollouts.MaxTokens >= read.Model.MaxPositions)
        {
            recipe.Add("rollouts", $"has a maxTokens of {read.Rollouts.MaxTokens}, which leaves no room for a prompt in the model's {read.Model.MaxPositions} positions");
        }
    }

    private static ImmutableArray<ProblemRecipe> Problems(RecipeSection recipe, RecipeCatalog catalog)
    {
        var problems = ImmutableArray.CreateBuilder<ProblemRecipe>();
        foreach (var problem in recipe.List("problems"))
        {
            var read = new ProblemRecipe(
                problem.Word("kind", catalog.ProblemKinds),
                problem.Number("weight", Bounds.Positive, 1),
                problem.Json("options") is { } options ? WithData(options, catalog.Data) : NoOptions,
                problem.Line);
            problems.Add(read);
            if (catalog.ProblemKinds.Contains(read.Kind))
            {
                foreach (var (path, message) in catalog.OptionErrors?.Invoke(read.Kind, read.Options) ?? [])
                {
                    problem.Add(path.Length == 0 ? "options" : $"options.{path}", message);
                }
            }

            problem.Close();
        }

        return problems.ToImmutable();
    }

    private static JsonElement WithData(JsonElement options, string? data) =>
        data is null || !options.TryGetProperty("path", out var path) || path.ValueKind != JsonValueKind.String || path.GetString() != RecipeFlags.Data
            ? options
            : JsonSerializer.SerializeToElement(options.EnumerateObject().ToDictionary(member => member.Name, member => member.Name == "path" ? JsonSerializer.SerializeToElement(data) : member.Value));
}
