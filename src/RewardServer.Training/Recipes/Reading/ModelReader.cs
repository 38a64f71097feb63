namespace RewardServer.Training.Recipes.Reading;

/// <summary>Reads the policy of a recipe.</summary>
internal static class ModelReader
{
    // What PolicyShape calls otherwise than recipes do.
    private static readonly Dictionary<string, string> Names = new() { ["hiddenSize"] = "hidden", ["intermediateSize"] = "intermediate" };

    public static ModelRecipe Read(RecipeSection? section)
    {
        if (section is null)
        {
            return new();
        }

        var read = section.Has("path") ? new ModelRecipe { Path = section.Text("path") } : Fresh(section);
        section.Close();
        return read;
    }

    private static ModelRecipe Fresh(RecipeSection section)
    {
        var (hidden, heads) = (section.Whole("hidden", Bounds.FromOne), section.Whole("heads", Bounds.FromOne));
        var read = new ModelRecipe
        {
            Hidden = hidden,
            Layers = section.Whole("layers", Bounds.FromOne),
            Heads = heads,
            KeyValueHeads = section.Whole("keyValueHeads", Bounds.FromOne, heads),
            HeadSize = section.Whole("headSize", Bounds.FromOne, hidden / Math.Max(1, heads)),
            Intermediate = section.Whole("intermediate", Bounds.FromOne),
            MaxPositions = section.Whole("maxPositions", Bounds.FromOne, 512),
            RopeTheta = section.Number("ropeTheta", Bounds.Positive, 10_000),
            QueryKeyNorm = section.TruthOrNull("queryKeyNorm") ?? false,
            AttentionBias = section.TruthOrNull("attentionBias") ?? false,
            TiedEmbeddings = section.TruthOrNull("tiedEmbeddings") ?? true,
        };
        if (section.IsSound)
        {
            Together(section, read);
        }

        return read;
    }

    private static void Together(RecipeSection section, ModelRecipe read)
    {
        if (!section.Has("headSize") && read.Hidden % read.Heads != 0)
        {
            section.Add("heads", $"must divide the {read.Hidden} of hidden where there is no headSize, but is {read.Heads}");
            return;
        }

        foreach (var (member, error) in read.Shape(1).Errors())
        {
            section.Add(Names.GetValueOrDefault(member, member), error);
        }
    }
}
