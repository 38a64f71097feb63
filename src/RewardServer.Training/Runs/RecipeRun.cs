using RewardServer.Training.Recipes;
using RewardServer.Training.Reporting;
using RewardServer.Training.Rewards;

namespace RewardServer.Training.Runs;

/// <summary>Runs a recipe, whether it has stages or not.</summary>
public static class RecipeRun
{
    /// <summary>Runs it, or what is left of it.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="options">Where and on what.</param>
    /// <param name="rewards">Gives what gives the rewards that a recipe, or a stage, asks for.</param>
    /// <param name="observer">Who looks on.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What each stage was like; one where the recipe has none.</returns>
    /// <exception cref="RecipeException">It cannot be run: its members do not go together, or files that it names are wrong.</exception>
    /// <exception cref="OperationCanceledException">It was ended; a checkpoint of the last whole step is there, if there was one.</exception>
    public static async Task<IReadOnlyList<StageSteps>> RunAsync(
        Recipe recipe, RunOptions options, Func<RewardRecipe, IRewards> rewards, ITrainingObserver observer, CancellationToken cancellation)
    {
        if (!recipe.Stages.IsEmpty)
        {
            return await new StagedRun(recipe, options, rewards, observer).RunAsync(cancellation).ConfigureAwait(false);
        }

        using var run = Prepared(recipe, options, rewards(recipe.Rewards), observer);
        await run.RunAsync(cancellation).ConfigureAwait(false);
        return [new(recipe, [.. run.Steps])];
    }

    /// <summary>A run that is about to begin.</summary>
    /// <exception cref="RecipeException">What it is made of does not go together.</exception>
    internal static TrainingRun Prepared(Recipe recipe, RunOptions options, IRewards rewards, ITrainingObserver observer) =>
        Told(recipe, () => new TrainingRun(recipe, options, rewards, observer));

    /// <summary>Does something with a recipe; what is wrong with it is told as the recipe's.</summary>
    /// <exception cref="RecipeException">What it is made of does not go together.</exception>
    internal static void Told(Recipe recipe, Action done) => Told(recipe, () =>
    {
        done();
        return true;
    });

    /// <summary>What is made of a recipe; what is wrong with it is told as the recipe's.</summary>
    /// <exception cref="RecipeException">What it is made of does not go together.</exception>
    internal static T Told<T>(Recipe recipe, Func<T> made)
    {
        try
        {
            return made();
        }
        catch (ArgumentException exception)
        {
            throw new RecipeException(recipe.Name, [new(null, recipe.Stage is { } stage ? $"stage {stage.Name}:" : "", exception.Message)]);
        }
    }
}
