using System.Collections.Immutable;
using System.Text.Json.Serialization;
using RewardServer.Training.Recipes;

namespace RewardServer.Training.Experiments;

/// <summary>A question that is answered by training: recipes that differ in one thing, each with the same seeds, compared where they have cost the same.</summary>
public sealed record Experiment
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What it asks, for people.</summary>
    public string Description { get; init; } = "";

    /// <summary>With how many seeds each arm is run, from 1 up: at least 1, at most <see cref="Estimate.MostValues"/>.</summary>
    public required int Seeds { get; init; }

    /// <summary>What arms are compared at equal amounts of.</summary>
    public ExperimentAxis At { get; init; } = ExperimentAxis.Steps;

    /// <summary>A value of a measure that all arms are asked how much they needed to reach; null for none.</summary>
    public ExperimentGoal? Reach { get; init; }

    /// <summary>What is compared; at least two, the first of them what the others are compared with.</summary>
    public required ImmutableArray<ExperimentArm> Arms { get; init; }

    /// <summary>The text that it was read from.</summary>
    [JsonIgnore]
    public string Yaml { get; init; } = "";

    /// <summary>What stands before the name of a built-in experiment where one is asked for: <c>experiments/NAME</c>.</summary>
    public const string Prefix = "experiments/";

    /// <summary>The names of the built-in experiments, in order, each with <see cref="Prefix"/>.</summary>
    public static ImmutableArray<string> Names => EmbeddedTexts.Experiments.Names;

    /// <summary>Whether an argument means an experiment, and no recipe: a built-in one by its name, or a file with arms.</summary>
    public static bool IsMeant(string argument) =>
        argument.StartsWith(Prefix, StringComparison.Ordinal) && !File.Exists(argument) || File.Exists(argument) && ExperimentReader.HasArms(argument);

    /// <summary>The experiment that an argument means: a built-in one by its name, else a file.</summary>
    /// <param name="argument">The name, with <see cref="Prefix"/>, or a YAML file of at most 1 MiB.</param>
    /// <param name="catalog">The names that its recipes may use; null for any kind of problem and the algorithms that there are.</param>
    /// <exception cref="RecipeException">There is neither, or it is wrong: all its errors at once.</exception>
    public static Experiment Find(string argument, RecipeCatalog? catalog = null) =>
        File.Exists(argument) ? Read(RecipeFile.Text(argument), argument, catalog) : Read(EmbeddedTexts.Experiments.Text(argument), argument, catalog);

    /// <summary>Reads an experiment.</summary>
    /// <param name="yaml">Its text.</param>
    /// <param name="source">What errors call it, such as the file's path.</param>
    /// <param name="catalog">The names that its recipes may use; null for any kind of problem and the algorithms that there are.</param>
    /// <exception cref="RecipeException">It is wrong: all its errors at once, each with its line and field.</exception>
    public static Experiment Read(string yaml, string source, RecipeCatalog? catalog = null) => ExperimentReader.Read(yaml, source, catalog);
}

/// <summary>One of the recipes that are compared.</summary>
/// <param name="Name">Its name, of lower-case letters, digits and hyphens: a folder is called by it.</param>
/// <param name="Recipe">The recipe; its seed is that of each run.</param>
public sealed record ExperimentArm(string Name, Recipe Recipe);

/// <summary>A value of a measure to be reached.</summary>
/// <param name="Measure">The measure, as <see cref="RunMeasures"/> calls it.</param>
/// <param name="Value">The least value; a finite number.</param>
public sealed record ExperimentGoal(string Measure, double Value);

/// <summary>What is counted of a run while it learns. Pretraining of a base model that all arms share counts nothing, and measuring takes no time.</summary>
public enum ExperimentAxis
{
    /// <summary>Steps, of all stages.</summary>
    Steps,

    /// <summary>Seconds of generating, rewarding and updating.</summary>
    Seconds,

    /// <summary>Completions that were written to learn from.</summary>
    Completions,

    /// <summary>Floating-point operations of generating and updating, by the shape of the policy: 2 for each parameter and token generated, 6 trained on.</summary>
    Flops,
}
