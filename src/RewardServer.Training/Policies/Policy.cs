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
    private readonly BackwardTape tape = new();

    // What is not trained; null where everything is.
    private readonly FrozenWeights? frozen;
    private readonly bool ownsFrozen;

    /// <summary>Makes a policy whose parameters are all 0: to be read from a checkpoint, or initialised.</summary>
    /// <param name="shape">Its measures.</param>
    /// <param name="device">Where it lives.</param>
    /// <param name="computeType">The type that it computes in: float32, or bfloat16 with fp32 masters.</param>
    /// <param name="offload">Whether masters and gradients, and so an optimizer of them, are kept by the CPU.</param>
    public Policy(PolicyShape shape, Device device, ScalarType computeType = ScalarType.Float32, bool offload = false)
        : this(shape, device, computeType, null, null, false, offload)
    {
    }

    private Policy(PolicyShape shape, Device device, ScalarType computeType, LoraShape? lora, FrozenWeights? frozen, bool ownsFrozen, bool offload)
    {
        (Shape, Device, ComputeType, Lora) = (shape, device, computeType, lora);
        (this.frozen, this.ownsFrozen) = (frozen, ownsFrozen);
        Parameters = new(frozen is null ? shape.Layout() : [.. lora?.Layout(shape) ?? [], .. shape.Layout().Where(weight => !frozen.Has(weight.Name))], device, computeType, offload);
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
    /// <param name="offload">Whether the adapters' masters and gradients, and so an optimizer of them, are kept by the CPU.</param>
    public static Policy Frozen(PolicyShape shape, Device device, ScalarType computeType = ScalarType.Float32, LoraShape? lora = null, bool offload = false) =>
        new(shape, device, computeType, lora, new FrozenWeights(shape.Layout(), device, computeType), ownsFrozen: true, offload);

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

    /// <summary>
    /// Whether a pass with gradients keeps what goes into each layer alone, and computes each again when its backward pass comes to it (Chen et al. 2016,
    /// arXiv:1604.06174): memory for the activations of one layer in place of all, for a third more of computing. Logits are made of fewer tokens at once, too.
    /// </summary>
    public bool GradientCheckpointing { get; set; }

    /// <summary>Most sequences that it writes at once, each of which draws numbers of its own; null where callers say how many, and how they draw.</summary>
    public int? SequencesAtOnce { get; set; }

    /// <summary>The policy with its adapters off. It shares the weights, which must be there as long as it is, and has nothing to train.</summary>
    /// <exception cref="InvalidOperationException">The policy has no adapters: what it was before is nowhere kept.</exception>
    public Policy WithoutAdapters() => Lora is null
        ? throw new InvalidOperationException("the policy has no adapters")
        : new(Shape, Device, ComputeType, null, frozen, ownsFrozen: false, offload: false);

    /// <summary>A weight of <see cref="PolicyShape.Layout"/> such as a policy without adapters has it to compute the same: W + (alpha / rank) B A in fp32 where it has one, else a view of it as it is kept.</summary>
    /// <param name="name">Such as <c>model.layers.0.self_attn.q_proj.weight</c>.</param>
    /// <exception cref="KeyNotFoundException">There is none of that name.</exception>
    public Tensor Merged(string name)
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        var merged = Lora?.Product(Parameters, name) is { } product ? product.Add(Place(name).to(product.device)) : Place(name);
        return merged.MoveToOuterDisposeScope();
    }

    /// <summary>Where a weight of <see cref="PolicyShape.Layout"/> is kept: its master, or what it computes with where it is not trained.</summary>
    internal Tensor Place(string name) => frozen?.Has(name) == true ? frozen.Of(name) : Parameters.Master(name);

    /// <summary>A policy of other parts, all 0 but for weights that this one does not train: those are shared, and must be there as long as it is.</summary>
    internal Policy Sharing(PolicyShape shape) => new(shape, Device, ComputeType, Lora, frozen, ownsFrozen: false, Parameters.Offloaded) { GradientCheckpointing = GradientCheckpointing };

    /// <summary>A policy of the same parts on another device, all that is trained 0, and a copy of what is not.</summary>
    internal Policy CopyOn(Device device) => new(Shape, device, ComputeType, Lora, frozen?.CopyOn(device), ownsFrozen: frozen is not null, Parameters.Offloaded)
    {
        GradientCheckpointing = GradientCheckpointing,
        SequencesAtOnce = SequencesAtOnce,
    };

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

    /// <summary>Numbers of tokens by their logits, which exist of some tokens at once.</summary>
    /// <param name="hidden">What <see cref="Hidden(Tensor)"/> gave of some tokens: [tokens, hidden size].</param>
    /// <param name="numbers">Given the logits of a part of them, fp32, [tokens of the part, vocabulary], and at which it begins: each number of its tokens, [tokens of the part]. It may be asked twice.</param>
    /// <returns>Each number of all tokens: [tokens].</returns>
    public Tensor[] ByLogits(Tensor hidden, Func<Tensor, long, Tensor[]> numbers) =>
        LogitParts.Of(tape, hidden, TokensAtOnce, (part, start) => numbers(Logits(part), start));

    /// <summary>Tokens whose logits exist at once.</summary>
    internal int TokensAtOnce
    {
        get => field > 0 ? field : LogitParts.TokensAtOnce(Shape.VocabularySize, GradientCheckpointing);
        set;
    }

    /// <summary>Adds the gradient of a loss to what the parameters have of it.</summary>
    /// <param name="loss">One number, of passes since the last time; what they made is still there.</param>
    public void Backward(Tensor loss)
    {
        loss.backward();
        tape.Follow();
        Parameters.Gather();
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
        var recomputed = GradientCheckpointing && is_grad_enabled();
        for (var i = 0; i < layers.Length; i++)
        {
            var layer = i;
            Tensor Forward(Tensor before) => layers[layer].Forward(before, angles, (queries, keys, values) => attend(layer, queries, keys, values));
            hidden = recomputed ? Recomputed(hidden, Forward) : Released(hidden, Forward);
        }

        return Norm.Of(hidden, norm, Shape.NormEpsilon);
    }

    // What a layer computes on its way is given back at once, but for what its gradient needs: else a pass over many tokens holds that of all layers.
    private static Tensor Released(Tensor hidden, Func<Tensor, Tensor> layer)
    {
        using var scope = NewDisposeScope();
        using var before = hidden;
        return layer(before).MoveToOuterDisposeScope();
    }

    // What went in is kept, and given back as soon as the backward pass has left it behind.
    private Tensor Recomputed(Tensor before, Func<Tensor, Tensor> layer)
    {
        Tensor after;
        using (no_grad())
        {
            using var scope = NewDisposeScope();
            after = layer(before).MoveToOuterDisposeScope();
        }

        tape.Add([after], gradients =>
        {
            using (enable_grad())
            {
                BackwardTape.Backward([layer(before)], gradients);
            }

            after.Dispose();
        });
        return after;
    }

    // A key or value head serves a group of query heads.
    private Tensor Repeated(Tensor heads)
    {
        var group = Shape.Heads / Shape.KeyValueHeads;
        return group == 1 ? heads : heads.repeat_interleave(group, 1);
    }
}
