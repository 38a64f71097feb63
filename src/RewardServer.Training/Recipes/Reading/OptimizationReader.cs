namespace RewardServer.Training.Recipes.Reading;

/// <summary>Reads how a policy is moved by gradients.</summary>
internal static class OptimizationReader
{
    private static readonly string[] Decays = [.. Enum.GetNames<Decay>().Select(name => name.ToLowerInvariant())];

    public static OptimizationRecipe Read(RecipeSection section)
    {
        var read = Members(section);
        section.Close();
        return read;
    }

    /// <param name="section">The section.</param>
    /// <param name="learns">Whether anything is moved by its learning rate; where nothing is, it may be absent.</param>
    public static ReinforcementRecipe Reinforcement(RecipeSection? section, bool learns)
    {
        if (section is null)
        {
            return new(1, new() { Steps = 1, LearningRate = 1 });
        }

        var read = new ReinforcementRecipe(section.Whole("updates", Bounds.FromOne, 1), Members(section, learns));
        section.Close();
        return read;
    }

    private static OptimizationRecipe Members(RecipeSection section, bool learns = true)
    {
        var read = new OptimizationRecipe
        {
            Steps = section.Whole("steps", Bounds.FromOne),
            BatchTokens = section.Whole("batchTokens", Bounds.FromOne, 8192),
            LearningRate = section.Number("learningRate", Bounds.Positive, learns ? null : 1),
            Warmup = section.Whole("warmup", Bounds.NotNegative, 0),
            Decay = Enum.TryParse<Decay>(section.Word("decay", Decays, "constant"), ignoreCase: true, out var decay) ? decay : default,
            FinalShare = section.Number("finalShare", Bounds.Share, 0),
            WeightDecay = section.Number("weightDecay", Bounds.NotNegative, 0),
            Clip = section.Number("clip", Bounds.Positive, 1),
        };
        if (learns && section.IsSound && read.Warmup > read.Steps)
        {
            section.Add("warmup", $"must be at most the {read.Steps} steps, but is {read.Warmup}");
        }

        return read;
    }
}
