using System.Collections.Immutable;
using RewardServer.Training.Tensors;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace RewardServer.Training.Policies;

/// <summary>One layer of the transformer: attention and the feed-forward part, each on what was normed, each added to what came in.</summary>
internal sealed class Layer
{
    private readonly PolicyShape shape;
    private readonly Tensor attentionNorm;
    private readonly Projection projection;
    private readonly Tensor? queryNorm;
    private readonly Tensor? keyNorm;
    private readonly Projection output;
    private readonly Tensor feedForwardNorm;
    private readonly Projection gateUp;
    private readonly Projection down;

    /// <summary>Takes a layer's weights.</summary>
    /// <param name="shape">The policy's measures.</param>
    /// <param name="layer">Which layer, from 0.</param>
    /// <param name="leaf">Gives the parameters from one to another, which stand end to end.</param>
    /// <param name="adapters">Gives the adapters of projections by their names; null where they have none.</param>
    public Layer(PolicyShape shape, int layer, Func<string, string, Tensor> leaf, Func<IEnumerable<string>, Adapters?> adapters)
    {
        this.shape = shape;
        var name = $"model.layers.{layer}.";
        Tensor Of(string first, string? last = null) => leaf(name + first, name + (last ?? first));
        Projection Project(ImmutableArray<string> names, Tensor? bias = null) =>
            new(Of($"{names[0]}.weight", $"{names[^1]}.weight"), bias, adapters(names.Select(one => name + one)));
        attentionNorm = Of("input_layernorm.weight");
        projection = Project(Projections.Attention, shape.AttentionBias ? Of("self_attn.q_proj.bias", "self_attn.v_proj.bias") : null);
        queryNorm = shape.QueryKeyNorm ? Of("self_attn.q_norm.weight") : null;
        keyNorm = shape.QueryKeyNorm ? Of("self_attn.k_norm.weight") : null;
        output = Project(Projections.Output);
        feedForwardNorm = Of("post_attention_layernorm.weight");
        gateUp = Project(Projections.GateUp);
        down = Project(Projections.Down);
    }

    /// <summary>What goes on to the next layer.</summary>
    /// <param name="hidden">What came in: [sequences, length, hidden size].</param>
    /// <param name="angles">Of the positions.</param>
    /// <param name="attend">Given queries, keys and values [sequences, heads, length, head size], what each head gives: like the queries.</param>
    public Tensor Forward(Tensor hidden, RotaryAngles angles, Func<Tensor, Tensor, Tensor, Tensor> attend)
    {
        var attended = hidden.Plus(Attention(Norm.Of(hidden, attentionNorm, shape.NormEpsilon), angles, attend));
        return attended.Plus(FeedForward(Norm.Of(attended, feedForwardNorm, shape.NormEpsilon)));
    }

    private Tensor Attention(Tensor hidden, RotaryAngles angles, Func<Tensor, Tensor, Tensor, Tensor> attend)
    {
        var (sequences, length) = (hidden.shape[0], hidden.shape[1]);
        var all = projection.Of(hidden)
            .view(sequences, length, shape.Heads + 2 * shape.KeyValueHeads, shape.HeadSize)
            .transpose(1, 2);
        var values = all.narrow(1, shape.Heads + shape.KeyValueHeads, shape.KeyValueHeads);
        var (queries, keys) = Turned(all, angles);
        var heads = attend(queries, keys, values);
        return output.Of(heads.transpose(1, 2).reshape(sequences, length, shape.Heads * shape.HeadSize));
    }

    // Queries and keys are turned by the same angles: at once, where they are not normed apart.
    private (Tensor Queries, Tensor Keys) Turned(Tensor all, RotaryAngles angles)
    {
        if (queryNorm is null)
        {
            var turned = angles.Turn(all.narrow(1, 0, shape.Heads + shape.KeyValueHeads));
            return (turned.narrow(1, 0, shape.Heads), turned.narrow(1, shape.Heads, shape.KeyValueHeads));
        }

        return (angles.Turn(Norm.Of(all.narrow(1, 0, shape.Heads), queryNorm, shape.NormEpsilon)),
            angles.Turn(Norm.Of(all.narrow(1, shape.Heads, shape.KeyValueHeads), keyNorm!, shape.NormEpsilon)));
    }

    // SwiGLU (Shazeer 2020, equation 6).
    private Tensor FeedForward(Tensor hidden)
    {
        var risen = gateUp.Of(hidden);
        return down.Of(F.silu(risen.narrow(-1, 0, shape.IntermediateSize)) * risen.narrow(-1, shape.IntermediateSize, shape.IntermediateSize));
    }
}
