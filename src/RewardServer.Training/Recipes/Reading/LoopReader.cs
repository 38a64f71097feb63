namespace RewardServer.Training.Recipes.Reading;

/// <summary>Reads what a step generates, and when a run is measured and kept. A section that is absent has its defaults.</summary>
internal static class LoopReader
{
    // Each problem is answered as often at every evaluation.
    private const int MostVotes = 1024;

    public static RolloutRecipe Rollouts(RecipeSection? section)
    {
        var preset = new RolloutRecipe();
        if (section is null)
        {
            return preset;
        }

        var read = new RolloutRecipe
        {
            Prompts = section.Whole("prompts", Bounds.FromOne, preset.Prompts),
            Group = section.Whole("group", Bounds.FromOne, preset.Group),
            Temperature = section.Number("temperature", Bounds.Positive, preset.Temperature),
            TopK = section.Whole("topK", Bounds.NotNegative, preset.TopK),
            TopP = section.Number("topP", new(0, 1, Above: true), preset.TopP),
            MaxTokens = section.Whole("maxTokens", Bounds.FromOne, preset.MaxTokens),
        };
        section.Close();
        return read;
    }

    public static EvaluationRecipe Evaluation(RecipeSection? section, int maxTokens)
    {
        var preset = new EvaluationRecipe();
        if (section is null)
        {
            return preset;
        }

        var read = new EvaluationRecipe
        {
            Every = section.Whole("every", Bounds.FromOne, preset.Every),
            Problems = section.Whole("problems", Bounds.FromOne, preset.Problems),
            Samples = section.Whole("samples", Bounds.NotNegative, preset.Samples),
            Temperature = section.Number("temperature", Bounds.NotNegative, preset.Temperature),
            TestTime = TestTime(section.Section("testTime"), maxTokens),
        };
        if (read is { Temperature: 0, TestTime.Votes: [.., > 1] })
        {
            section.Add("temperature", "must be above 0 where answers vote: the likeliest one is always the same");
        }

        section.Close();
        return read;
    }

    private static TestTimeRecipe? TestTime(RecipeSection? section, int maxTokens)
    {
        if (section is null)
        {
            return null;
        }

        var read = new TestTimeRecipe(
            section.Has("votes") ? section.Wholes("votes", new(1, MostVotes)) : [1],
            section.Has("budgets") ? section.Wholes("budgets", Bounds.FromOne) : [maxTokens]);
        section.Close();
        return read;
    }

    public static CheckpointRecipe Checkpoints(RecipeSection? section)
    {
        var preset = new CheckpointRecipe();
        if (section is null)
        {
            return preset;
        }

        var read = new CheckpointRecipe
        {
            Every = section.Whole("every", Bounds.FromOne, preset.Every),
            Keep = section.Whole("keep", Bounds.FromOne, preset.Keep),
        };
        section.Close();
        return read;
    }
}
