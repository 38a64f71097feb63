using RewardServer.Training.Tensors;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace RewardServer.Training.Policies;

/// <summary>One layer of the transformer: attention and the feed-forward part, each on what was normed, each added to what came in.</summary>
internal sealed class Layer
{
    private readonly PolicyShape shape;
    private readonly Tensor attentionNorm;
    private readonly Tensor projection;
    private readonly Tensor? projectionBias;
    private readonly Tensor? queryNorm;
    private readonly Tensor? keyNorm;
    private readonly Tensor output;
    private readonly Tensor feedForwardNorm;
    private readonly Tensor rise;
    private readonly Tensor fall;

    public Layer(PolicyShape shape, int layer, Func<string, string, Tensor> leaf)
    {
        this.shape = shape;
        var name = $"model.layers.{layer}.";
        Tensor Of(string first, string? last = null) => leaf(name + first, name + (last ?? first));
        attentionNorm = Of("input_layernorm.weight");
        projection = Of("self_attn.q_proj.weight", "self_attn.v_proj.weight");
        projectionBias = shape.AttentionBias ? Of("self_attn.q_proj.bias", "self_attn.v_proj.bias") : null;
        queryNorm = shape.QueryKeyNorm ? Of("self_attn.q_norm.weight") : null;
        keyNorm = shape.QueryKeyNorm ? Of("self_attn.k_norm.weight") : null;
        output = Of("self_attn.o_proj.weight");
        feedForwardNorm = Of("post_attention_layernorm.weight");
        rise = Of("mlp.gate_proj.weight", "mlp.up_proj.weight");
        fall = Of("mlp.down_proj.weight");
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
        var all = F.linear(hidden, projection, projectionBias)
            .view(sequences, length, shape.Heads + 2 * shape.KeyValueHeads, shape.HeadSize)
            .transpose(1, 2);
        var values = all.narrow(1, shape.Heads + shape.KeyValueHeads, shape.KeyValueHeads);
        var (queries, keys) = Turned(all, angles);
        var heads = attend(queries, keys, values);
        return F.linear(heads.transpose(1, 2).reshape(sequences, length, shape.Heads * shape.HeadSize), output);
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
        var risen = F.linear(hidden, rise);
        return F.linear(F.silu(risen.narrow(-1, 0, shape.IntermediateSize)) * risen.narrow(-1, shape.IntermediateSize, shape.IntermediateSize), fall);
    }
}
