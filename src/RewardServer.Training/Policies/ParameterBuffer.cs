using RewardServer.Training.Tensors;
using static TorchSharp.torch;

namespace RewardServer.Training.Policies;

/// <summary>
/// All parameters of a policy end to end in one tensor, and their gradients in another: an optimizer's step, the norm of the gradient and a
/// checkpoint are a few operations on whole tensors. Masters are fp32; a policy that computes in bf16 reads a copy. So does one whose masters and gradients are
/// kept by the CPU, with all that an optimizer needs (ZeRO-Offload, Ren et al. 2021, arXiv:2101.06840): its device has the copy and the gradients of a pass.
/// </summary>
public sealed class ParameterBuffer : IDisposable
{
    private readonly ParameterPlaces places;
    private readonly Tensor computed;
    private readonly Tensor computedGradients;
    private readonly PinnedTransfer? transfer;

    // Each holds what it is a view of.
    private readonly List<Tensor> leaves = [];

    /// <summary>Makes the buffer, all 0.</summary>
    /// <param name="layout">Its parameters in order, matrices before vectors.</param>
    /// <param name="device">Where it lies.</param>
    /// <param name="computeType">The type that the policy computes in: float32, or bfloat16.</param>
    /// <param name="offload">Whether masters and gradients are kept by the CPU, wherever the policy computes.</param>
    public ParameterBuffer(IEnumerable<ParameterShape> layout, Device device, ScalarType computeType, bool offload = false)
    {
        places = new(layout);
        var (length, home) = (places.Length, offload ? CPU : device);
        Masters = zeros(length, float32, home).DetachFromDisposeScope();
        Gradients = zeros(length, float32, home).DetachFromDisposeScope();
        Offloaded = offload;
        Whole = computeType == ScalarType.Float32 && !offload;
        transfer = offload && device.type == TorchSharp.DeviceType.CUDA ? new(length, computeType) : null;
        computed = Whole ? Masters : zeros(length, computeType, device).DetachFromDisposeScope();
        computedGradients = Whole ? Gradients : zeros(length, computeType, device).DetachFromDisposeScope();
    }

    /// <summary>The parameters, fp32, end to end.</summary>
    public Tensor Masters { get; }

    /// <summary>Their gradients, fp32, in the same places.</summary>
    public Tensor Gradients { get; }

    /// <summary>Where the matrices end and the vectors begin.</summary>
    public long Matrices => places.Matrices;

    /// <summary>Whether the policy computes with the masters themselves.</summary>
    public bool Whole { get; }

    /// <summary>Whether masters and gradients, and so an optimizer of them, are kept by the CPU.</summary>
    public bool Offloaded { get; }

    /// <summary>Bytes of what is on the device that computes, and of what is kept by the CPU for it.</summary>
    internal (long Device, long Host) Bytes
    {
        get
        {
            static long Of(params Tensor[] tensors) => tensors.Distinct(ReferenceEqualityComparer.Instance).Cast<Tensor>().Sum(tensor => tensor.numel() * tensor.element_size());
            return Offloaded ? (Of(computed, computedGradients), Of(Masters, Gradients) + (transfer?.Bytes ?? 0)) : (Of(Masters, Gradients, computed, computedGradients), 0);
        }
    }

    /// <summary>The names of the parameters, in order.</summary>
    public IEnumerable<ParameterShape> Shapes => places.Shapes;

    /// <summary>A view of a parameter's master, of its own dimensions; what is written there is the parameter's.</summary>
    /// <exception cref="KeyNotFoundException">There is none of that name.</exception>
    public Tensor Master(string name) => places.View(Masters, name, name);

    /// <summary>A view of a parameter's gradient.</summary>
    /// <exception cref="KeyNotFoundException">There is none of that name.</exception>
    public Tensor Gradient(string name) => places.View(Gradients, name, name);

    /// <summary>
    /// A leaf for computing with: the parameters from one to another, which stand end to end and have equally many columns, as one matrix (or
    /// vector), whose gradient is gathered in its place here.
    /// </summary>
    internal Tensor Leaf(string first, string last)
    {
        using var scope = NewDisposeScope();
        var leaf = places.View(computed, first, last).detach().DetachFromDisposeScope();
        leaf.requires_grad = true;
        leaf.grad = places.View(computedGradients, first, last);
        leaves.Add(leaf);
        return leaf;
    }

    /// <summary>Adds what a backward pass left in the type of computing to the gradients. To be called after each.</summary>
    public void Gather()
    {
        if (!Whole)
        {
            using var _ = no_grad();
            if (transfer is null)
            {
                Gradients.Add(computedGradients);
            }
            else
            {
                transfer.Add(computedGradients, Gradients);
            }

            computedGradients.zero_();
        }
    }

    /// <summary>How often what was written was made known: copies of another number are older.</summary>
    internal long Version { get; private set; }

    /// <summary>Whether every parameter is a finite number.</summary>
    public bool AreFinite
    {
        get
        {
            using var scope = NewDisposeScope();
            return Masters.isfinite().all().item<bool>();
        }
    }

    /// <summary>Makes what was written to the masters known to the policy. To be called after each step of an optimizer.</summary>
    public void Publish()
    {
        Version++;
        if (!Whole)
        {
            using var _ = no_grad();
            if (transfer is null)
            {
                computed.copy_(Masters);
            }
            else
            {
                transfer.Copy(Masters, computed);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        leaves.ForEach(leaf => leaf.Dispose());
        if (!Whole)
        {
            computed.Dispose();
            computedGradients.Dispose();
        }

        transfer?.Dispose();
        Masters.Dispose();
        Gradients.Dispose();
    }
}
