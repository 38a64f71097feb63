using RewardServer.Training.Tensors;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace RewardServer.Training.Rollouts;

/// <summary>Draws the next token of every sequence at once.</summary>
internal sealed class TokenSampler : IDisposable
{
    private readonly SamplingOptions options;
    private readonly Generator? generator;

    /// <summary>Makes one, which begins at the seed of its options.</summary>
    public TokenSampler(SamplingOptions options, Device device)
    {
        this.options = options;
        if (options.Numbers is not null)
        {
            return;
        }

        if (device.type == DeviceType.CUDA)
        {
            // TorchSharp makes generators of the CPU alone: a GPU has its own, which is nobody else's here.
            cuda.manual_seed_all(options.Seed);
        }
        else
        {
            generator = new((ulong)options.Seed);
        }
    }

    /// <summary>Draws.</summary>
    /// <param name="logits">[sequences, vocabulary], fp32.</param>
    /// <param name="own">A number from 0 to below 1 for each sequence that is its own; null where all draw from one stream.</param>
    /// <returns>The tokens, [sequences], int64, and their log-probabilities, [sequences], fp32.</returns>
    public (Tensor Tokens, Tensor LogProbabilities) Draw(Tensor logits, double[]? own = null)
    {
        var greedy = options.Temperature == 0;
        var all = F.log_softmax(greedy || options.Temperature == 1 ? logits : logits.Over(options.Temperature), -1);
        // The likeliest after each is divided by an exponential variable of its own falls as the probabilities do (the Gumbel-max trick), without
        // a cumulative sum.
        var tokens = own is not null && !greedy ? At(Likely(all), own)
            : (greedy ? all : Likely(all) - empty_like(all).exponential_(generator: generator).log_()).argmax(-1);
        return (tokens, all.gather(-1, tokens.unsqueeze(-1)).squeeze(-1));
    }

    /// <inheritdoc/>
    public void Dispose() => generator?.Dispose();

    // The token at which the probabilities so far exceed a share of them all: in double precision, for a vocabulary has hundreds of thousands.
    private static Tensor At(Tensor all, double[] shares)
    {
        var sums = all.exp().cumsum(-1, ScalarType.Float64);
        var shared = tensor(shares, device: all.device).unsqueeze(-1) * sums.narrow(-1, -1, 1);
        return sums.le(shared).sum(-1);
    }

    private Tensor Likely(Tensor all)
    {
        var vocabulary = (int)all.shape[1];
        if (options.TopK > 0 && options.TopK < vocabulary)
        {
            var (best, _) = all.topk(options.TopK, -1);
            all = all.Masked(all < best.narrow(-1, options.TopK - 1, 1), double.NegativeInfinity);
        }

        if (options.TopP < 1)
        {
            var (sorted, places) = all.sort(-1, descending: true);
            var probabilities = sorted.exp();
            // A token stays while those before it have not reached the share: the likeliest always does.
            var late = (probabilities.cumsum(-1) - probabilities).IsAtLeast(options.TopP);
            all = all.Masked(zeros_like(late).scatter_(-1, places, late), double.NegativeInfinity);
        }

        return all;
    }
}
