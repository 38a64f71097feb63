using System.Collections.Immutable;
using System.Text.Json.Serialization;
using RewardServer.Training.Policies;
using RewardServer.Training.Recipes.Reading;

namespace RewardServer.Training.Recipes;

/// <summary>All that a run of training is made from: the same recipe and seed give the same run on the same machine.</summary>
public sealed record Recipe
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What it is, for people.</summary>
    public string Description { get; init; } = "";

    /// <summary>What all random numbers of the run come from; not negative.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The policy.</summary>
    public required ModelRecipe Model { get; init; }

    /// <summary>What makes tokens of texts: <c>character</c>, or <c>checkpoint</c> for the <c>tokenizer.json</c> beside the model.</summary>
    public required string Tokenizer { get; init; }

    /// <summary>How a question becomes a prompt: <c>r1-zero</c>, <c>plain</c>, or <c>chat</c> for the tokenizer's own template.</summary>
    public required string Template { get; init; }

    /// <summary>What a message of the system says before each question, with the template <c>chat</c>; null for none.</summary>
    public string? System { get; init; }

    /// <summary>What is asked; at least one kind.</summary>
    public required ImmutableArray<ProblemRecipe> Problems { get; init; }

    /// <summary>How a base model is made before reinforcement; null where none is.</summary>
    public OptimizationRecipe? Pretraining { get; init; }

    /// <summary>What the base model reads about, where that is not what is asked; null where it is <see cref="Problems"/>.</summary>
    public ImmutableArray<ProblemRecipe>? PretrainingProblems { get; init; }

    /// <summary>What completions earn.</summary>
    public required RewardRecipe Rewards { get; init; }

    /// <summary>How completions are generated to learn from.</summary>
    public RolloutRecipe Rollouts { get; init; } = new();

    /// <summary>How rewards become a loss; null where the policy learns otherwise.</summary>
    public AlgorithmRecipe? Algorithm { get; init; }

    /// <summary>How the policy learns from its own good completions; null where it learns otherwise.</summary>
    public ImitationRecipe? Imitation { get; init; }

    /// <summary>How the policy learns from a teacher; null where it learns otherwise.</summary>
    public DistillationRecipe? Distillation { get; init; }

    /// <summary>What learns from pairs of completions; null where the policy learns otherwise.</summary>
    public PreferenceRecipe? Preferences { get; init; }

    /// <summary>What files the policy is fine-tuned on; null where it learns otherwise.</summary>
    public FineTuningRecipe? FineTuning { get; init; }

    /// <summary>What the policy writes is kept, and it learns nothing; null where it learns.</summary>
    public SamplingRecipe? Sampling { get; init; }

    /// <summary>A reward model that rewards beside the rubric; null for none.</summary>
    public RewardModelRecipe? RewardModel { get; init; }

    /// <summary>The adapters that are trained in the place of the policy's weights; null where those are trained.</summary>
    public LoraShape? Lora { get; init; }

    /// <summary>How the policy learns, in a word, for people: the algorithm's name, or that of the section in its place.</summary>
    [JsonIgnore]
    public string Method => Algorithm?.Name
        ?? (Imitation is not null ? "imitation" : Distillation is not null ? "distillation" : FineTuning is not null ? "fine-tuning" : Sampling is not null ? "sampling" : "preferences");

    /// <summary>How the policy learns from them.</summary>
    public required ReinforcementRecipe Reinforcement { get; init; }

    /// <summary>How memory of the device is saved; null for not at all.</summary>
    public MemoryRecipe? Memory { get; init; }

    /// <summary>How what it has learned is measured.</summary>
    public EvaluationRecipe Evaluation { get; init; } = new();

    /// <summary>How the run is kept.</summary>
    public CheckpointRecipe Checkpoints { get; init; } = new();

    /// <summary>Which stage of a staged recipe it is; null for a recipe of its own.</summary>
    public RecipeStage? Stage { get; init; }

    /// <summary>The stages of a staged recipe, in the order in which they are run; none of any other. What else a staged recipe says is what its last stage says.</summary>
    public ImmutableArray<Recipe> Stages { get; init; } = [];

    /// <summary>The text that it was read from, to be kept beside the run.</summary>
    [JsonIgnore]
    public string Yaml { get; init; } = "";

    /// <summary>The names of the built-in recipes, in order.</summary>
    public static ImmutableArray<string> Names => EmbeddedTexts.Recipes.Names;

    /// <summary>A built-in recipe.</summary>
    /// <param name="name">Such as <c>r1-zero</c>.</param>
    /// <param name="catalog">The names that it may use; null for any kind of problem and the algorithms that there are.</param>
    /// <exception cref="RecipeException">There is none of this name.</exception>
    public static Recipe Named(string name, RecipeCatalog? catalog = null) => RecipeReader.Read(EmbeddedTexts.Recipes.Text(name), name, catalog);

    /// <summary>A recipe from a file.</summary>
    /// <param name="path">A YAML file of at most 1 MiB.</param>
    /// <param name="catalog">The names that it may use; null for any kind of problem and the algorithms that there are.</param>
    /// <exception cref="RecipeException">The file cannot be read, or the recipe is wrong: all its errors at once.</exception>
    public static Recipe FromFile(string path, RecipeCatalog? catalog = null) => RecipeReader.Read(RecipeFile.Text(path), path, catalog);

    /// <summary>The recipe that an argument means: a built-in one by its name, else a file.</summary>
    /// <exception cref="RecipeException">There is neither, or the recipe is wrong: all its errors at once.</exception>
    public static Recipe Find(string argument, RecipeCatalog? catalog = null) =>
        !Names.Contains(argument) && File.Exists(argument) ? FromFile(argument, catalog) : Named(argument, catalog);

    /// <summary>The recipe with another seed, in all its stages.</summary>
    public Recipe WithSeed(int seed) => this with { Seed = seed, Stages = [.. Stages.Select(stage => stage.WithSeed(seed))] };

    /// <summary>The recipe with a checkpoint in the place of the model that it, or those of its stages that begin anew, would make.</summary>
    /// <param name="path">The checkpoint's folder.</param>
    public Recipe WithModel(string path) => this with
    {
        Model = Begins ? Model with { Path = path } : Model,
        Tokenizer = "checkpoint",
        Pretraining = null,
        Stages = [.. Stages.Select(stage => stage.WithModel(path))],
    };

    /// <summary>Whether adapters could be trained in the place of its policy's weights: it begins with a checkpoint that they could belong to, and the policy learns.</summary>
    internal bool TakesAdapters => Model.Path is not null && Preferences?.Kind != PreferenceKind.RewardModel && Sampling is null;

    // Not with what an earlier stage made.
    private bool Begins => Stage is not { From: not RecipeStage.Base };

    /// <summary>Reads a recipe.</summary>
    /// <param name="yaml">Its text.</param>
    /// <param name="source">What errors call it, such as the file's path.</param>
    /// <param name="catalog">The names that it may use; null for any kind of problem and the algorithms that there are.</param>
    /// <exception cref="RecipeException">It is wrong: all its errors at once, each with its line and field.</exception>
    public static Recipe Read(string yaml, string source, RecipeCatalog? catalog = null) => RecipeReader.Read(yaml, source, catalog);
}
