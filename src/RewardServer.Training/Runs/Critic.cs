using RewardServer.Training.Algorithms;
using RewardServer.Training.Checkpoints;
using RewardServer.Training.Optimization;
using RewardServer.Training.Policies;
using static TorchSharp.torch;

namespace RewardServer.Training.Runs;

/// <summary>
/// PPO's critic: what is to be expected before each token, by a head on a trunk of its own, which begins as the policy's
/// (PPO, Schulman et al. 2017; a trunk apart from the policy's as in InstructGPT, Ouyang et al. 2022, appendix C.4).
/// </summary>
/// <param name="policies">With whose trunk it begins, and on whose devices it has copies.</param>
/// <param name="range">How far values may gain by moving in a step.</param>
public sealed class Critic(Replicas policies, double range) : IDisposable
{
    private const string FileName = "critic.safetensors";

    private readonly Policy model = ScalarHead.On(policies.Policy);
    private Replicas? replicas;
    private AdamW? optimizer;

    /// <summary>Its measures.</summary>
    public PolicyShape Shape => model.Shape;

    private Replicas Replicas => replicas ??= policies.Sharing(model);

    private AdamW Optimizer => optimizer ??= new(model.Parameters);

    /// <summary>What it expects before each token that is learned of each sequence.</summary>
    /// <param name="sequences">Prompts with their completions.</param>
    /// <param name="budget">Tokens of a pass.</param>
    public float[][] Values(IReadOnlyList<TokenSequence> sequences, int budget) =>
        Replicas.Numbers(sequences, budget, (model, batch) => model.Scores(batch.Before(model).Hidden));

    /// <summary>Takes a step towards what was found to come; every token counts alike.</summary>
    /// <param name="sequences">Prompts with their completions.</param>
    /// <param name="old">What it expected before the first update.</param>
    /// <param name="returns">What came.</param>
    /// <param name="budget">Tokens of a pass.</param>
    /// <param name="rate">The learning rate.</param>
    /// <param name="clip">The norm that the gradient is cut to.</param>
    /// <returns>The loss a token.</returns>
    /// <exception cref="NotFiniteException">The gradient is no number; no step was taken.</exception>
    public double Learn(IReadOnlyList<TokenSequence> sequences, float[][] old, double[][] returns, int budget, double rate, double clip)
    {
        var loss = MeanLoss.Backward(Replicas, sequences, budget, (model, batch) =>
        {
            Tensor Each(Func<int, IEnumerable<float>> values) => tensor(batch.Members.SelectMany(values).ToArray(), device: model.Device);
            var values = model.Scores(batch.Before(model).Hidden);
            return ClippedValue.Of(values, Each(i => old[i]), Each(i => returns[i].Select(one => (float)one)), range).Values;
        });
        return double.IsFinite(Optimizer.Step(rate, 0, clip)) ? loss : throw NotFiniteException.Found(model.Parameters, "the critic");
    }

    /// <summary>Writes it with its optimizer into the folder of a checkpoint.</summary>
    public void Write(string checkpoint)
    {
        using var scope = NewDisposeScope();
        SafeTensors.Write(
            Path.Combine(checkpoint, FileName),
            [
                new("parameters", model.Parameters.Masters), new("means", Optimizer.Means), new("squares", Optimizer.Squares),
                // Below 2^24, and so exact.
                new("steps", tensor([(float)Optimizer.Steps])),
            ],
            ScalarType.Float32);
    }

    /// <summary>Reads it again.</summary>
    /// <exception cref="InvalidDataException">It is not there, or that of another policy.</exception>
    public void Read(string checkpoint)
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        try
        {
            using var file = SafeTensors.Open(Path.Combine(checkpoint, FileName));
            var steps = zeros(1);
            file.Read("parameters", model.Parameters.Masters);
            file.Read("means", Optimizer.Means);
            file.Read("squares", Optimizer.Squares);
            file.Read("steps", steps);
            Optimizer.Steps = (long)steps.item<float>();
            model.Parameters.Publish();
        }
        catch (Exception exception) when (exception is FileNotFoundException or KeyNotFoundException or ArgumentException)
        {
            throw new InvalidDataException($"{checkpoint} has no critic of this policy: {exception.Message}", exception);
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
