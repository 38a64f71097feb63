using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Training.Optimization;
using RewardServer.Training.Policies;
using RewardServer.Training.Recipes;
using RewardServer.Training.Tokens;

namespace RewardServer.Training.Rewards;

/// <summary>
/// Rewards by a reward model, beside those of rules: the model's score times a weight, plus the rules' reward times another. The rules' components are told
/// as they are, and so is the score, as <c>rewardModel</c>: what is right is what rules say, whatever is rewarded. Where the recipe names kinds of problems, those of
/// others have the rules' reward alone.
/// </summary>
/// <param name="rules">What gives the rules' rewards; what has none by them has none.</param>
/// <param name="model">The reward model.</param>
/// <param name="tokenizer">Its tokenizer.</param>
/// <param name="recipe">The weights.</param>
/// <param name="budget">Tokens of a pass.</param>
public sealed class ModelRewards(IRewards rules, Policy model, ITokenizer tokenizer, RewardModelRecipe recipe, int budget = 8192) : IRewards, IDisposable
{
    /// <summary>The name of the model's score among the components.</summary>
    public const string Component = "rewardModel";

    /// <inheritdoc/>
    /// <exception cref="NotFiniteException">A score is no number.</exception>
    public async Task<IReadOnlyList<Reward>> OfAsync(IReadOnlyList<Item> items, CancellationToken cancellation)
    {
        var told = await rules.OfAsync(items, cancellation).ConfigureAwait(false);
        int[] judged = [.. Enumerable.Range(0, items.Count).Where(i => recipe.Kinds.IsEmpty || recipe.Kinds.Contains(KindOf(items[i])))];
        var scores = ScoresOf([.. judged.Select(i => items[i])]);
        var rewards = told.Select(reward => reward with { Scores = new Dictionary<string, double?>(reward.Scores) { [Component] = null } }).ToArray();
        foreach (var (i, score) in judged.Zip(scores))
        {
            rewards[i] = told[i] with
            {
                Value = told[i].Value is { } value ? recipe.Rules * value + recipe.Weight * score : null,
                Scores = new Dictionary<string, double?>(told[i].Scores) { [Component] = score },
            };
        }

        return rewards;
    }

    /// <summary>What items say of the kind of their problem, by which it is told whether the model rewards them.</summary>
    public static JsonElement MetaOf(string kind) => JsonSerializer.SerializeToElement(new { kind });

    private static string KindOf(Item item) =>
        item.Meta is { ValueKind: JsonValueKind.Object } meta && meta.TryGetProperty("kind", out var kind) && kind.ValueKind == JsonValueKind.String ? kind.GetString()! : "";

    /// <summary>The model's scores of completions, read at their ends.</summary>
    /// <param name="items">The completions; at least one token each, prompt included.</param>
    /// <exception cref="NotFiniteException">A score is no number.</exception>
    public double[] ScoresOf(IReadOnlyList<Item> items)
    {
        if (items.Count == 0)
        {
            return [];
        }

        using var _ = TorchSharp.torch.no_grad();
        var scores = new double[items.Count];
        foreach (var batch in TokenBatch.Pack([.. items.Select(Sequence)], budget))
        {
            // One batch's at a time: nothing of it is needed for the next.
            using var scope = TorchSharp.torch.NewDisposeScope();
            var numbers = model.Scores(batch.Ends(model)).cpu().data<float>();
            for (var i = 0; i < batch.Members.Count; i++)
            {
                scores[batch.Members[i]] = numbers[i];
            }
        }

        return Array.TrueForAll(scores, double.IsFinite) ? scores : throw NotFiniteException.Found(model.Parameters, "the reward model", "a score");
    }

    /// <inheritdoc/>
    public void Dispose() => model.Dispose();

    // What was cut off has no end; what the model cannot read to its end is judged by its beginning.
    private TokenSequence Sequence(Item item)
    {
        int[] tokens = [.. tokenizer.Encode(item.Prompt.End ?? ""), .. tokenizer.Encode(item.CompletionText ?? ""), .. item.Truncated ? Array.Empty<int>() : [tokenizer.EndOfText]];
        return new(tokens.Length <= model.Shape.MaxPositions ? tokens : tokens[..model.Shape.MaxPositions], 1);
    }
}
