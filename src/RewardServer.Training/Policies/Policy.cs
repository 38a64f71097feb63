using RewardServer.Training.Tensors;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace RewardServer.Training.Policies;

/// <summary>
/// A decoder-only transformer of the family of Llama, Qwen2 and Qwen3: root mean square norms, rotary positions, grouped-query attention, with
/// optional norms and biases of queries and keys, SwiGLU, tied embeddings.
/// </summary>
public sealed class Policy : IDisposable
{
    private readonly Tensor embedding;
    private readonly Layer[] layers;
    private readonly Tensor norm;
    private readonly Tensor head;
    private readonly Tensor? score;
    private readonly RotaryTable rotary;

    // What is not trained; null where everything is.
    private readonly FrozenWeights? frozen;
    private readonly bool ownsFrozen;

    /// <summary>Makes a policy whose parameters are all 0: to be read from a checkpoint, or initialised.</summary>
    /// <param name="shape">Its measures.</param>
    /// <param name="device">Where it lives.</param>
    /// <param name="computeType">The type that it computes in: float32, or bfloat16 with fp32 masters.</param>
    public Policy(PolicyShape shape, Device device, ScalarType computeType = ScalarType.Float32)
        : this(shape, device, computeType, null, null, false)
    {
    }

    private Policy(PolicyShape shape, Device device, ScalarType computeType, LoraShape? lora, FrozenWeights? frozen, bool ownsFrozen)
    {
        (Shape, Device, ComputeType, Lora) = (shape, device, computeType, lora);
        (this.frozen, this.ownsFrozen) = (frozen, ownsFrozen);
        Parameters = new(frozen is null ? shape.Layout() : [.. lora?.Layout(shape) ?? [], .. shape.Layout().Where(weight => !frozen.Has(weight.Name))], device, computeType);
        embedding = Leaf("model.embed_tokens.weight", "model.embed_tokens.weight");
        layers = [.. Enumerable.Range(0, shape.Layers).Select(layer => new Layer(shape, layer, Leaf, Adapting))];
        norm = Leaf("model.norm.weight", "model.norm.weight");
        score = shape.ScalarHead ? Leaf("score.weight", "score.weight") : null;
        head = shape.TiedEmbeddings || shape.ScalarHead ? embedding : Leaf("lm_head.weight", "lm_head.weight");
        rotary = new(shape, device, computeType);
    }

    /// <summary>
    /// Makes a policy whose weights stay as they are, in the type of computing alone: without gradients, masters or anything else to train them. All are 0,
    /// to be read from a checkpoint.
    /// </summary>
    /// <param name="shape">Its measures.</param>
    /// <param name="device">Where it lives.</param>
    /// <param name="computeType">The type that it computes in: float32, or bfloat16.</param>
    /// <param name="lora">The adapters that it has, which are trained in their place, and to be initialised; null for none.</param>
    public static Policy Frozen(PolicyShape shape, Device device, ScalarType computeType = ScalarType.Float32, LoraShape? lora = null) =>
        new(shape, device, computeType, lora, new FrozenWeights(shape.Layout(), device, computeType), ownsFrozen: true);

    /// <summary>Its measures.</summary>
    public PolicyShape Shape { get; }

    /// <summary>Where it lives.</summary>
    public Device Device { get; }

    /// <summary>The type that it computes in.</summary>
    public ScalarType ComputeType { get; }

    /// <summary>Its adapters; null where it has none, and all its weights are trained or none is.</summary>
    public LoraShape? Lora { get; }

    /// <summary>What is trained, and its gradients: all weights, or its adapters alone.</summary>
    public ParameterBuffer Parameters { get; }

    /// <summary>The policy with its adapters off. It shares the weights, which must be there as long as it is, and has nothing to train.</summary>
    /// <exception cref="InvalidOperationException">The policy has no adapters: what it was before is nowhere kept.</exception>
    public Policy WithoutAdapters() => Lora is null
        ? throw new InvalidOperationException("the policy has no adapters")
        : new(Shape, Device, ComputeType, null, frozen, ownsFrozen: false);

    /// <summary>A weight of <see cref="PolicyShape.Layout"/> such as a policy without adapters has it to compute the same: W + (alpha / rank) B A in fp32 where it has one, else a view of it as it is kept.</summary>
    /// <param name="name">Such as <c>model.layers.0.self_attn.q_proj.weight</c>.</param>
    /// <exception cref="KeyNotFoundException">There is none of that name.</exception>
    public Tensor Merged(string name)
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        var merged = Lora?.Product(Parameters, name) is { } product ? product.Add(Place(name)) : Place(name);
        return merged.MoveToOuterDisposeScope();
    }

    /// <summary>Where a weight of <see cref="PolicyShape.Layout"/> is kept: its master, or what it computes with where it is not trained.</summary>
    internal Tensor Place(string name) => frozen?.Has(name) == true ? frozen.Of(name) : Parameters.Master(name);

    /// <summary>A policy of other parts, all 0 but for weights that this one does not train: those are shared, and must be there as long as it is.</summary>
    internal Policy Sharing(PolicyShape shape) => new(shape, Device, ComputeType, Lora, frozen, ownsFrozen: false);

    /// <summary>Draws what is trained. Adapters as PEFT does: A evenly up to the inverse root of its inputs, B 0. Weights: matrices from a normal distribution of deviation 0.02, those that write to the residual stream narrower by
    /// the root of twice the layers (GPT-2, Radford et al. 2019, 2.3); norms are 1, biases 0.</summary>
    public void Initialise(int seed)
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)seed);
        foreach (var parameter in Parameters.Shapes)
        {
            var master = Parameters.Master(parameter.Name);
            if (LoraShape.Draw(parameter, master, generator))
            {
                continue;
            }

            if (parameter.Columns is null)
            {
                master.Fill(parameter.Name.EndsWith(".bias", StringComparison.Ordinal) ? 0 : 1);
                continue;
            }

            var writes = parameter.Name.EndsWith("o_proj.weight", StringComparison.Ordinal) || parameter.Name.EndsWith("down_proj.weight", StringComparison.Ordinal);
            // Drawn on the CPU, so that every device begins alike.
            master.copy_(randn(parameter.Dimensions, generator: generator).Times(writes ? 0.02 / Math.Sqrt(2 * Shape.Layers) : 0.02));
        }

        Parameters.Publish();
    }

    /// <summary>What the last layer gives of whole sequences, normed: [sequences, length, hidden size].</summary>
    /// <param name="tokens">[sequences, length]; shorter sequences are filled at their ends with any token, where what is given means nothing.</param>
    public Tensor Hidden(Tensor tokens)
    {
        var angles = rotary.Between(0, tokens.shape[1]);
        return Through(tokens, angles, (_, queries, keys, values) =>
            F.scaled_dot_product_attention(queries, Repeated(keys), Repeated(values), is_casual: true));
    }

    /// <summary>What the last layer gives of rows in which several sequences stand, each seeing itself alone, normed: [rows, length, hidden size].</summary>
    /// <param name="tokens">[rows, length].</param>
    /// <param name="positions">Of each token within its sequence: [rows, length].</param>
    /// <param name="owners">Which sequence of its row each token belongs to: [rows, length]; what is filled belongs to one of its own.</param>
    public Tensor Hidden(Tensor tokens, Tensor positions, Tensor owners)
    {
        var hidden = owners.unsqueeze(2).eq(owners.unsqueeze(1)).tril().logical_not().unsqueeze(1);
        var mask = zeros(hidden.shape, ComputeType, Device).Fill(hidden, double.NegativeInfinity);
        return Through(tokens, rotary.At(positions), (_, queries, keys, values) =>
            F.scaled_dot_product_attention(queries, Repeated(keys), Repeated(values), mask));
    }

    /// <summary>What the last layer gives of the next tokens of sequences whose beginnings are in a cache, normed; the cache has them, too, afterwards.</summary>
    /// <param name="tokens">[sequences, length].</param>
    /// <param name="cache">The keys and values of what came before.</param>
    internal Tensor Hidden(Tensor tokens, KeyValueCache cache)
    {
        var length = tokens.shape[1];
        var angles = cache.Positions(length) is { } positions ? rotary.At(positions) : rotary.Between(cache.Length, length);
        var mask = cache.Mask(length);
        var hidden = Through(tokens, angles, (layer, queries, keys, values) =>
        {
            var (allKeys, allValues) = cache.Append(layer, keys, values);
            if (length == 1)
            {
                // The heads of a group stand as queries one after another: nothing of the cache is repeated, that is copied.
                var groups = queries.reshape(queries.shape[0], Shape.KeyValueHeads, -1, Shape.HeadSize);
                return F.scaled_dot_product_attention(groups, allKeys, allValues, mask).reshape(queries.shape);
            }

            return F.scaled_dot_product_attention(queries, Repeated(allKeys), Repeated(allValues), mask, is_casual: mask is null && length > 1);
        });
        cache.Advance(length);
        return hidden;
    }

    /// <summary>Logits of the next token: [.., vocabulary], fp32, of what <see cref="Hidden(Tensor)"/> gave.</summary>
    public Tensor Logits(Tensor hidden)
    {
        var logits = F.linear(hidden, head);
        return logits.dtype == ScalarType.Float32 ? logits : logits.to(ScalarType.Float32);
    }

    /// <summary>The number of each token by the scalar head: [..], fp32, of what <see cref="Hidden(Tensor)"/> gave.</summary>
    /// <exception cref="InvalidOperationException">It has none.</exception>
    public Tensor Scores(Tensor hidden)
    {
        var scores = F.linear(hidden, score ?? throw new InvalidOperationException("the policy has no scalar head")).squeeze(-1);
        return scores.dtype == ScalarType.Float32 ? scores : scores.to(ScalarType.Float32);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        rotary.Dispose();
        Parameters.Dispose();
        if (ownsFrozen)
        {
            frozen?.Dispose();
        }
    }

    private Tensor Leaf(string first, string last) => frozen?.Has(first) == true ? frozen.Leaf(first, last) : Parameters.Leaf(first, last);

    private Adapters? Adapting(IEnumerable<string> modules)
    {
        using var scope = NewDisposeScope();
        return Lora is null ? null : Adapters.Of(Lora, [.. modules.Select(module => (module, Place(LoraShape.WeightOf(module)).shape[0]))], Parameters.Leaf);
    }

    private Tensor Through(Tensor tokens, RotaryAngles angles, Func<int, Tensor, Tensor, Tensor, Tensor> attend)
    {
        var hidden = embedding.index_select(0, tokens.flatten()).view(tokens.shape[0], tokens.shape[1], Shape.HiddenSize);
        for (var i = 0; i < layers.Length; i++)
        {
            // What a layer computes on its way is given back at once, but for what its gradient needs: else a pass over many tokens holds that of all layers.
            using var scope = NewDisposeScope();
            using var before = hidden;
            var layer = i;
            hidden = layers[i].Forward(before, angles, (queries, keys, values) => attend(layer, queries, keys, values)).MoveToOuterDisposeScope();
        }

        return Norm.Of(hidden, norm, Shape.NormEpsilon);
    }

    // A key or value head serves a group of query heads.
    private Tensor Repeated(Tensor heads)
    {
        var group = Shape.Heads / Shape.KeyValueHeads;
        return group == 1 ? heads : heads.repeat_interleave(group, 1);
    }
}
