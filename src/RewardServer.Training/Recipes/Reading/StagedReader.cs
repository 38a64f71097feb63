using YamlDotNet.RepresentationModel;

namespace RewardServer.Training.Recipes.Reading;

/// <summary>Reads recipes of several stages: each an ordinary recipe, of what all share and what is its own.</summary>
internal static class StagedReader
{
    /// <summary>Reads one.</summary>
    /// <param name="root">All of it.</param>
    /// <param name="shared">The same as a section.</param>
    /// <param name="catalog">The names that it may use.</param>
    /// <param name="errors">Where errors go.</param>
    /// <returns>Its last stage with all of them; null where there is none.</returns>
    public static Recipe? Read(YamlMappingNode root, RecipeSection shared, RecipeCatalog catalog, List<RecipeError> errors)
    {
        var stages = new List<Recipe>();
        // The name is shared, and read with each stage; here it is told where it is missing from all.
        _ = shared.Text("name");
        RecipeSection[] sections = [.. shared.List("stages")];
        YamlMappingNode[] nodes = [.. ((root.Children[new YamlScalarNode("stages")] as YamlSequenceNode)?.Children ?? []).OfType<YamlMappingNode>()];
        for (var place = 0; place < nodes.Length; place++)
        {
            var stage = Place(sections[place], place, nodes.Length, stages);
            stages.Add(One(root, nodes[place], sections[place], stage, catalog, errors, stages) with { Stage = stage });
        }

        return stages.Count == 0 ? null : stages[^1] with { Stage = null, Stages = [.. stages], Description = shared.TextOrNull("description") ?? "" };
    }

    private static RecipeStage Place(RecipeSection section, int place, int count, List<Recipe> earlier)
    {
        string[] names = [.. earlier.Select(stage => stage.Stage!.Name)];
        var name = section.FolderName(names, "stage", RecipeStage.Base);
        return new(place + 1, count, name, section.Word("from", [RecipeStage.Base, .. names], names.LastOrDefault() ?? RecipeStage.Base));
    }

    private static Recipe One(
        YamlMappingNode root, YamlMappingNode own, RecipeSection section, RecipeStage stage, RecipeCatalog catalog, List<RecipeError> errors, List<Recipe> earlier)
    {
        var origin = earlier.FirstOrDefault(one => one.Stage!.Name == stage.From);
        foreach (var member in origin is null ? Array.Empty<string>() : ["model", "tokenizer", "pretraining"])
        {
            if (section.Has(member))
            {
                section.Add(member, $"must be absent where the stage begins with what another made, here '{stage.From}': from: {RecipeStage.Base} begins with the recipe's model");
            }
        }

        var merged = new MergedStage(root, own, $"stages[{stage.Number - 1}]", begins: origin is null);
        var whole = RecipeSection.Of(merged.Root, $"stages[{stage.Number - 1}]", section.Line, errors, merged.Origins)!;
        var read = RecipeReader.Whole(whole, catalog) with { Yaml = merged.Text() };
        StageReferences.Check(whole, read, earlier);
        read = origin is null ? read : read with { Model = origin.Model with { Path = RecipeStage.Reference + stage.From }, Tokenizer = "checkpoint" };
        LoraReader.Check(whole, read);
        return read;
    }
}
