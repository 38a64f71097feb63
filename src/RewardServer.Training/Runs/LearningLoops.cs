using RewardServer.Training.Algorithms;
using RewardServer.Training.Optimization;
using RewardServer.Training.Policies;
using RewardServer.Training.Recipes;
using RewardServer.Training.Reporting;
using RewardServer.Training.Rewards;
using RewardServer.Training.Tokens;

namespace RewardServer.Training.Runs;

/// <summary>The loop that a recipe asks for, with the models that it needs beside the policy.</summary>
/// <param name="recipe">The recipe.</param>
/// <param name="problems">What is asked.</param>
/// <param name="template">How a question becomes a prompt.</param>
/// <param name="tokenizer">What makes tokens of texts.</param>
/// <param name="rewards">What gives rewards.</param>
/// <param name="folder">The run's.</param>
/// <param name="examples">The completions that files give.</param>
/// <param name="pairs">The pairs that files give.</param>
internal sealed class LearningLoops(
    Recipe recipe, ProblemMix problems, PromptTemplate template, ISavedTokenizer tokenizer, IRewards rewards, RunFolder folder,
    TokenSequence[] examples, PreferencePair[] pairs) : IDisposable
{
    private readonly List<IDisposable> owned = [];

    /// <summary>Makes it.</summary>
    /// <param name="policy">Who learns.</param>
    /// <param name="optimizer">Its optimizer.</param>
    /// <param name="origin">Gives the policy as it was before the first step; asked only where the loop needs it.</param>
    /// <param name="restarting">Gives what makes the policy that again; asked only where the loop needs it.</param>
    /// <param name="teacher">Gives the teacher; asked only where there is one.</param>
    public ITrainingLoop Make(Policy policy, AdamW optimizer, Func<Policy> origin, Func<Action> restarting, Func<Policy> teacher)
    {
        if (recipe.Imitation is { } imitation)
        {
            return new Imitation(policy, imitation.FromBase ? restarting() : null, optimizer, recipe, problems, template, tokenizer, rewards, folder.SamplesPath);
        }

        if (recipe.Distillation is not null)
        {
            return new Distillation(policy, Owned(teacher()), optimizer, recipe, problems, template, tokenizer, rewards, folder.SamplesPath);
        }

        if (recipe.Preferences is { } preferences)
        {
            var model = preferences.Kind == PreferenceKind.RewardModel ? Owned(new RewardModel(policy)) : null;
            return new Preferences(policy, model is null ? Owned(origin()) : null, model, optimizer, recipe, pairs, problems, template, tokenizer, rewards);
        }

        if (recipe.FineTuning is not null)
        {
            return new ExampleTuning(policy, optimizer, recipe, examples);
        }

        if (recipe.Sampling is not null)
        {
            return new Sampling(policy, recipe, problems, template, tokenizer, rewards, folder.SamplesPath);
        }

        var algorithm = recipe.Algorithm!.Apply();
        var reference = algorithm.KlCoefficient > 0 ? Owned(origin()) : null;
        var critic = algorithm.Advantage == AdvantageKind.Gae ? Owned(new Critic(policy, algorithm.ValueClip)) : null;
        return new Reinforcement(policy, reference, optimizer, recipe, algorithm, problems, template, tokenizer, rewards, critic);
    }

    /// <inheritdoc/>
    public void Dispose() => owned.ForEach(one => one.Dispose());

    private T Owned<T>(T one)
        where T : IDisposable
    {
        owned.Add(one);
        return one;
    }
}
