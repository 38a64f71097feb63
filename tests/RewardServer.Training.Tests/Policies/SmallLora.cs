using RewardServer.Training.Policies;
using RewardServer.Training.Tensors;
using static TorchSharp.torch;

namespace RewardServer.Training.Tests.Policies;

/// <summary>Small policies with adapters, and what their weights come to, computed by hand.</summary>
internal static class SmallLora
{
    /// <summary>Adapters of some of the projections of each group, and of all of another.</summary>
    public static LoraShape Some { get; } = new(3, 6, ["q_proj", "v_proj", "gate_proj", "up_proj", "down_proj"]);

    /// <summary>Adapters of all projections.</summary>
    public static LoraShape All { get; } = new(4, 6, LoraShape.Projections);

    /// <summary>A policy that trains adapters on the weights of another, begun as a run begins it.</summary>
    public static Policy Fresh(Policy whole, LoraShape lora, ScalarType type = ScalarType.Float32, bool offload = false, Device? device = null)
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        var adapted = Policy.Frozen(whole.Shape, device ?? CPU, type, lora, offload);
        foreach (var weight in whole.Shape.Layout())
        {
            adapted.Place(weight.Name).copy_(whole.Parameters.Master(weight.Name));
        }

        adapted.Initialise(7);
        return adapted;
    }

    /// <summary>The same with adapters that make a difference.</summary>
    public static Policy Drawn(Policy whole, LoraShape lora, ScalarType type = ScalarType.Float32, Device? device = null)
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        using var generator = new Generator(9);
        var adapted = Fresh(whole, lora, type, device: device);
        // Drawn on the CPU, so that it is the same on every device.
        adapted.Parameters.Masters.Add(randn(adapted.Parameters.Masters.shape, generator: generator).Times(0.1).to(adapted.Parameters.Masters.device));
        adapted.Parameters.Publish();
        return adapted;
    }

    /// <summary>A policy without adapters whose weights are W + (alpha / rank) B A, summed in doubles number by number.</summary>
    public static Policy Merged(Policy whole, Policy adapted)
    {
        var merged = new Policy(whole.Shape, CPU);
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        merged.Parameters.Masters.copy_(whole.Parameters.Masters);
        foreach (var module in Modules(adapted))
        {
            var (down, up) = (adapted.Parameters.Master(module + ".lora_A.weight"), adapted.Parameters.Master(module + ".lora_B.weight"));
            var (a, b, rank, columns) = (down.data<float>().ToArray(), up.data<float>().ToArray(), (int)down.shape[0], (int)down.shape[1]);
            var weight = merged.Parameters.Master(module + ".weight");
            var numbers = weight.data<float>().ToArray();
            for (var i = 0; i < numbers.Length; i++)
            {
                var (row, column) = (i / columns, i % columns);
                var sum = Enumerable.Range(0, rank).Sum(k => (double)b[row * rank + k] * a[k * columns + column]);
                numbers[i] += (float)(adapted.Lora!.Alpha / adapted.Lora.Rank * sum);
            }

            weight.copy_(tensor(numbers, weight.shape));
        }

        return merged;
    }

    /// <summary>The modules of a policy that have adapters.</summary>
    public static string[] Modules(Policy adapted) =>
        [.. adapted.Parameters.Shapes.Select(shape => shape.Name).Where(name => name.EndsWith(".lora_A.weight", StringComparison.Ordinal)).Select(name => name[..^".lora_A.weight".Length])];

    /// <summary>All weights that are not trained, end to end.</summary>
    public static float[] Weights(Policy policy)
    {
        using var scope = NewDisposeScope();
        return [.. policy.Shape.Layout().SelectMany(weight => policy.Place(weight.Name).to(ScalarType.Float32).data<float>().ToArray())];
    }
}
