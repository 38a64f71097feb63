using RewardServer.Training.Policies;
using RewardServer.Training.Problems;
using RewardServer.Training.Recipes;
using RewardServer.Training.Tokens;

namespace RewardServer.Training.Runs;

/// <summary>How long the prompts of a recipe are, and whether a model can read them with their completions: what would otherwise be found when hours have gone by.</summary>
internal static class PromptLengths
{
    private const int Drawn = 200;

    /// <summary>Tokens of the longest of some prompts that are drawn.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="problems">What is asked.</param>
    /// <param name="template">How a question becomes a prompt.</param>
    /// <param name="tokenizer">What makes tokens of texts.</param>
    /// <param name="shape">The model's measures.</param>
    /// <exception cref="ArgumentException">The model knows fewer tokens than the tokenizer has, or cannot read a prompt with what the recipe lets be written.</exception>
    public static int Longest(Recipe recipe, ProblemMix problems, PromptTemplate template, ITokenizer tokenizer, PolicyShape shape)
    {
        if (tokenizer.VocabularySize > shape.VocabularySize)
        {
            throw new ArgumentException($"the tokenizer has {tokenizer.VocabularySize} tokens, and the model knows {shape.VocabularySize}");
        }

        var random = new Random(recipe.Seed);
        var longest = Enumerable.Range(0, Drawn).Max(_ => tokenizer.Encode(template.Of(Asked(recipe, problems.Draw(random).Draw(Split.Reinforcement, random)))).Length);
        if (recipe.Rollouts.MaxTokens > shape.MaxPositions - longest)
        {
            throw new ArgumentException($"a prompt of {longest} tokens with rollouts.maxTokens of {recipe.Rollouts.MaxTokens} is longer than the {shape.MaxPositions} that the model can read (model.maxPositions)");
        }

        if (recipe.Evaluation.TestTime is { } tried && tried.Budgets[^1] > shape.MaxPositions - longest)
        {
            throw new ArgumentException($"a prompt of {longest} tokens with {tried.Budgets[^1]} of evaluation.testTime.budgets is longer than the {shape.MaxPositions} that the model can read (model.maxPositions)");
        }

        return longest;
    }

    private static string Asked(Recipe recipe, Problem problem) =>
        recipe.Imitation is { Rationalize: true } how && Imitation.Hinted(how, problem) is { } hinted ? hinted : problem.Question;
}
