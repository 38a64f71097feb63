using static TorchSharp.torch;

namespace RewardServer.Training.Policies;

/// <summary>The weights of a policy that are not trained, end to end in the type that it computes in: no masters, no gradients. Several policies may share them.</summary>
internal sealed class FrozenWeights : IDisposable
{
    private readonly ParameterPlaces places;
    private readonly Tensor all;

    // Each holds what it is a view of.
    private readonly List<Tensor> leaves = [];

    /// <summary>Makes them, all 0.</summary>
    /// <param name="layout">Its weights in order, matrices before vectors.</param>
    /// <param name="device">Where they lie.</param>
    /// <param name="computeType">The type that the policy computes in: float32, or bfloat16.</param>
    public FrozenWeights(IEnumerable<ParameterShape> layout, Device device, ScalarType computeType)
        : this(new ParameterPlaces(layout), device, computeType)
    {
    }

    private FrozenWeights(ParameterPlaces places, Device device, ScalarType computeType)
    {
        this.places = places;
        all = zeros(places.Length, computeType, device).DetachFromDisposeScope();
    }

    /// <summary>A copy on a device.</summary>
    public FrozenWeights On(Device device)
    {
        using var _ = no_grad();
        var copy = new FrozenWeights(places, device, all.dtype);
        copy.all.copy_(all);
        return copy;
    }

    /// <summary>Whether there is a weight of that name.</summary>
    public bool Has(string name) => places.Has(name);

    /// <summary>A view of a weight, of its own dimensions; what is written there is the weight's.</summary>
    /// <exception cref="KeyNotFoundException">There is none of that name.</exception>
    public Tensor Of(string name) => places.View(all, name, name);

    /// <summary>The weights from one to another, which stand end to end and have equally many columns, to compute with.</summary>
    public Tensor Leaf(string first, string last)
    {
        var leaf = places.View(all, first, last).DetachFromDisposeScope();
        leaves.Add(leaf);
        return leaf;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        leaves.ForEach(leaf => leaf.Dispose());
        all.Dispose();
    }
}
