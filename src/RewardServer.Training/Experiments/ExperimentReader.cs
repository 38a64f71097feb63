using System.Collections.Immutable;
using RewardServer.Training.Algorithms;
using RewardServer.Training.Recipes;
using RewardServer.Training.Recipes.Reading;
using YamlDotNet.RepresentationModel;
using YamlDocument = RewardServer.Training.Recipes.Reading.YamlDocument;

namespace RewardServer.Training.Experiments;

/// <summary>Reads experiments: a recipe, with its members or by its name, and arms, each with what it has in their place.</summary>
internal static class ExperimentReader
{
    private const string Arms = "arms";

    // What is not a recipe's.
    private static readonly string[] Own = ["recipe", "seeds", "at", "reach", Arms];

    /// <summary>Whether a file is an experiment's, and no recipe's.</summary>
    public static bool HasArms(string path)
    {
        try
        {
            return YamlDocument.Read(RecipeFile.Text(path)).Root is YamlMappingNode root && root.Children.Keys.OfType<YamlScalarNode>().Any(key => key.Value == Arms);
        }
        catch (RecipeException)
        {
            // Whoever reads it as a recipe says what is wrong.
            return false;
        }
    }

    /// <exception cref="RecipeException">The experiment is wrong: all its errors at once.</exception>
    public static Experiment Read(string yaml, string source, RecipeCatalog? catalog)
    {
        var errors = new List<RecipeError>();
        var (root, error) = YamlDocument.Read(yaml);
        if (root is null)
        {
            throw new RecipeException(source, [error ?? new(null, "", "is empty")]);
        }

        var experiment = RecipeSection.Of(root, "", (int)root.Start.Line, errors) is { } section
            ? Of((YamlMappingNode)root, section, catalog ?? new([], Algorithm.Names), errors)
            : null;
        return errors.Count == 0 && experiment is not null
            ? experiment with { Yaml = yaml }
            : throw new RecipeException(source, [.. errors.Distinct().OrderBy(problem => problem.Line)]);
    }

    private static Experiment Of(YamlMappingNode root, RecipeSection section, RecipeCatalog catalog, List<RecipeError> errors)
    {
        var seeds = section.Whole("seeds", new Bounds(1, Estimate.MostValues));
        var at = section.KindOrNull<ExperimentAxis>("at") ?? ExperimentAxis.Steps;
        var reach = section.Section("reach") is { } goal ? Goal(goal) : null;
        var shared = Shared(root, section);
        if (section.Has("seed"))
        {
            section.Add("seed", "must be absent: each arm is run with each of the seeds from 1 up");
        }

        RecipeSection[] sections = [.. section.List(Arms)];
        YamlMappingNode[] nodes = [.. ((root.Children.FirstOrDefault(child => IsNamed(child.Key, Arms)).Value as YamlSequenceNode)?.Children ?? []).OfType<YamlMappingNode>()];
        if (section.Has(Arms) && sections.Length == 1)
        {
            section.Add(Arms, "must be at least two: one alone is compared with nothing");
        }

        var arms = ImmutableArray.CreateBuilder<ExperimentArm>();
        foreach (var (place, (own, node)) in sections.Zip(nodes).Index())
        {
            var name = own.FolderName(arms.Select(arm => arm.Name), "arm");
            var merged = new MergedStage(shared, node, $"{Arms}[{place}]", begins: true);
            if (RecipeReader.Of(merged.Root, RecipeSection.Of(merged.Root, $"{Arms}[{place}]", own.Line, errors, merged.Origins)!, catalog, errors) is { } recipe)
            {
                arms.Add(new(name, recipe with { Yaml = merged.Text() }));
            }
        }

        return new()
        {
            Name = section.Text("name"),
            Description = section.TextOrNull("description") ?? "",
            Seeds = seeds,
            At = at,
            Reach = reach,
            Arms = arms.ToImmutable(),
        };
    }

    private static ExperimentGoal Goal(RecipeSection section)
    {
        var goal = new ExperimentGoal(section.Text("measure"), section.Number("value", new Bounds(double.MinValue)));
        section.Close();
        return goal;
    }

    // The members that all arms share: those of the experiment, in the place of those of the recipe that it names.
    private static YamlMappingNode Shared(YamlMappingNode root, RecipeSection section)
    {
        var own = new YamlMappingNode(root.Children.Where(child => !Own.Any(name => IsNamed(child.Key, name))));
        if (section.TextOrNull("recipe") is not { Length: > 0 } name)
        {
            return own;
        }

        try
        {
            var text = EmbeddedTexts.Recipes.Names.Contains(name) ? EmbeddedTexts.Recipes.Text(name) : RecipeFile.Text(name);
            if (YamlDocument.Read(text).Root is not YamlMappingNode recipe)
            {
                section.Add("recipe", $"is '{name}', which is no recipe");
                return own;
            }

            if (recipe.Children.Keys.Any(key => IsNamed(key, "stages")))
            {
                section.Add("recipe", $"is '{name}', which has stages: an arm can have stages of its own, what arms share cannot");
            }

            // What the recipe is called, is not what the experiment is.
            var unnamed = new YamlMappingNode(recipe.Children.Where(child => !IsNamed(child.Key, "name") && !IsNamed(child.Key, "description") && !IsNamed(child.Key, "seed")));
            return new MergedStage(unnamed, own, "", begins: true).Root;
        }
        catch (RecipeException exception)
        {
            section.Add("recipe", $"is '{name}': {string.Join("; ", exception.Errors.Select(error => error.Message))}");
            return own;
        }
    }

    private static bool IsNamed(YamlNode key, string name) => key is YamlScalarNode scalar && scalar.Value == name;
}
