using RewardServer.Training.Algorithms;
using RewardServer.Training.Checkpoints;
using RewardServer.Training.Optimization;
using RewardServer.Training.Policies;
using RewardServer.Training.Recipes;
using RewardServer.Training.Tokens;
using static TorchSharp.torch;

namespace RewardServer.Training.Runs;

/// <summary>A reward model that learns: a head on a trunk of its own that begins as a policy's, whose score of a completion is read at its last token.</summary>
/// <param name="policies">With whose trunk it begins, and on whose devices it has copies.</param>
public sealed class RewardModel(Replicas policies) : IDisposable
{
    /// <summary>The folder within a checkpoint that it is kept in, a Hugging Face checkpoint of its own.</summary>
    public const string FolderName = "reward-model";

    private const string OptimizerFile = "optimizer.safetensors";

    private readonly Policy model = ScalarHead.On(policies.Policy);
    private Replicas? replicas;
    private AdamW? optimizer;

    private Replicas Replicas => replicas ??= policies.Sharing(model);

    private AdamW Optimizer => optimizer ??= new(model.Parameters);

    /// <summary>Takes a step towards telling pairs apart.</summary>
    /// <exception cref="NotFiniteException">The gradient is no number; no step was taken.</exception>
    internal (Preferred Seen, double Norm) Learn(PreferencePair[] pairs, double centring, OptimizationRecipe plan, double rate)
    {
        var seen = PreferencePairs.Backward(Replicas, pairs, plan.BatchTokens, (learner, sequences) =>
        {
            var scores = SequencePass.Of(sequences, plan.BatchTokens, batch => learner.Scores(batch.Ends(learner))).view(-1, 2);
            return BradleyTerry.Of(scores.select(1, 0), scores.select(1, 1), centring);
        });
        var norm = Optimizer.Step(rate, plan.WeightDecay, plan.Clip);
        return double.IsFinite(norm) ? (seen, norm) : throw NotFiniteException.Found(model.Parameters, "the reward model");
    }

    /// <summary>Writes it with its optimizer into a folder of a checkpoint.</summary>
    public void Write(string checkpoint, ISavedTokenizer tokenizer) => Checkpoint.Write(model, tokenizer, Path.Combine(checkpoint, FolderName), with: unfinished =>
    {
        using var scope = NewDisposeScope();
        // Steps are below 2^24, and so exact.
        SafeTensors.Write(
            Path.Combine(unfinished, OptimizerFile), [new("means", Optimizer.Means), new("squares", Optimizer.Squares), new("steps", tensor([(float)Optimizer.Steps]))], ScalarType.Float32);
    });

    /// <summary>Reads it again.</summary>
    /// <exception cref="InvalidDataException">It is not there, or that of another policy.</exception>
    public void Read(string checkpoint)
    {
        var folder = Path.Combine(checkpoint, FolderName);
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        try
        {
            using var kept = Checkpoint.Read(folder, CPU);
            using var file = SafeTensors.Open(Path.Combine(folder, OptimizerFile));
            var steps = zeros(1);
            model.Parameters.Masters.copy_(kept.Parameters.Masters);
            model.Parameters.Publish();
            file.Read("means", Optimizer.Means);
            file.Read("squares", Optimizer.Squares);
            file.Read("steps", steps);
            Optimizer.Steps = (long)steps.item<float>();
        }
        catch (Exception exception) when (exception is IOException or KeyNotFoundException or ArgumentException)
        {
            throw new InvalidDataException($"{folder} is no reward model of this policy: {exception.Message}", exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        optimizer?.Dispose();
        replicas?.Dispose();
        model.Dispose();
    }
}
