using static TorchSharp.torch;

namespace RewardServer.Training.Policies;

/// <summary>
/// Parts of a forward pass that keep what came in, and no graph: where the backward pass comes to one it is computed again, with gradients (gradient
/// checkpointing; Chen et al. 2016, "Training Deep Nets with Sublinear Memory Cost", arXiv:1604.06174, section 4). What a part gives is a leaf, on which the
/// graph of what comes after it hangs. Parts are followed back from the last one on, once what comes after all of them was.
/// </summary>
internal sealed class BackwardTape
{
    private readonly List<Part> parts = [];

    /// <summary>Makes leaves of what a part gives, which was computed without gradients.</summary>
    /// <param name="outputs">What it gives. The scope of the caller holds it, and what the part needs again, until the backward pass is done.</param>
    /// <param name="back">Given the gradient of each output, null where it has none: leaves those of what came in, and of parameters, where they belong.</param>
    public void Add(Tensor[] outputs, Action<Tensor?[]> back)
    {
        // Of a pass whose scope ended before anything was followed back.
        parts.RemoveAll(part => part.Outputs.Any(output => output.IsInvalid));
        foreach (var output in outputs)
        {
            output.requires_grad = true;
        }

        parts.Add(new(outputs, back));
    }

    /// <summary>Follows all parts back and forgets them.</summary>
    public void Follow()
    {
        try
        {
            for (var i = parts.Count - 1; i >= 0; i--)
            {
                using var scope = NewDisposeScope();
                var gradients = parts[i].Outputs.Select(output => output.grad).ToArray();
                if (Array.Exists(gradients, gradient => gradient is not null))
                {
                    parts[i].Back(gradients);
                }
            }
        }
        finally
        {
            parts.Clear();
        }
    }

    /// <summary>Follows what was computed again back, from the outputs that have a gradient.</summary>
    public static void Backward(IEnumerable<Tensor> outputs, IEnumerable<Tensor?> gradients)
    {
        var known = outputs.Zip(gradients).Where(pair => pair.Second is not null).ToArray();
        autograd.backward([.. known.Select(pair => pair.First)], [.. known.Select(pair => pair.Second!)]);
    }

    private sealed record Part(Tensor[] Outputs, Action<Tensor?[]> Back);
}
