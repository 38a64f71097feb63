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
    /// <param name="policies">Who learns.</param>
    /// <param name="optimizer">Its optimizer.</param>
    /// <param name="origin">Gives the policy as it was before the first step; asked only where the loop needs it.</param>
    /// <param name="restarting">Gives what makes the policy that again; asked only where the loop needs it.</param>
    /// <param name="teacher">Gives the teacher; asked only where there is one.</param>
    public ITrainingLoop Make(Replicas policies, AdamW optimizer, Func<Policy> origin, Func<Action> restarting, Func<Policy> teacher)
    {
        if (recipe.Imitation is { } imitation)
        {
            return new Imitation(policies, imitation.FromBase ? restarting() : null, optimizer, recipe, problems, template, tokenizer, rewards, folder.SamplesPath);
        }

        if (recipe.Distillation is not null)
        {
            return new Distillation(policies, OnAll(policies, teacher()), optimizer, recipe, problems, template, tokenizer, rewards, folder.SamplesPath);
        }

        if (recipe.Preferences is { } preferences)
        {
            var model = preferences.Kind == PreferenceKind.RewardModel ? Owned(new RewardModel(policies)) : null;
            return new Preferences(policies, model is null ? Before(policies, origin) : null, model, optimizer, recipe, pairs, problems, template, tokenizer, rewards);
        }

        if (recipe.FineTuning is not null)
        {
            return new ExampleTuning(policies, optimizer, recipe, examples);
        }

        if (recipe.Sampling is not null)
        {
            return new Sampling(policies, recipe, problems, template, tokenizer, rewards, folder.SamplesPath);
        }

        var algorithm = recipe.Algorithm!.Apply();
        var references = algorithm.KlCoefficient > 0 ? Before(policies, origin) : null;
        var critic = algorithm.Advantage == AdvantageKind.Gae ? Owned(new Critic(policies, algorithm.ValueClip)) : null;
        return new Reinforcement(policies, references, optimizer, recipe, algorithm, problems, template, tokenizer, rewards, critic);
    }

    // Another policy, on the devices of those who learn.
    private Replicas OnAll(Replicas policies, Policy one) => Owned(new Replicas(Owned(one), policies.Others));

    // The policy before the first step: with adapters it is there already, on each device.
    private Replicas Before(Replicas policies, Func<Policy> origin)
    {
        if (policies.Policy.Lora is null)
        {
            return OnAll(policies, origin());
        }

        var off = policies.WithoutAdapters();
        Owned(off.Policy);
        return Owned(off);
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
