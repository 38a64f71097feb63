using RewardServer.Training.Optimization;
using RewardServer.Training.Planning;
using RewardServer.Training.Policies;
using RewardServer.Training.Tests.Policies;
using static TorchSharp.torch;

namespace RewardServer.Training.Tests.Planning;

public sealed class MemoryPlanTests
{
    private static readonly ScalarType[] Types = [ScalarType.Float32, ScalarType.BFloat16];

    public static TheoryData<string, ScalarType, bool> Models()
    {
        var all = new TheoryData<string, ScalarType, bool>();
        foreach (var kind in (string[])["llama", "qwen2", "qwen3", "untied"])
        {
            foreach (var type in Types)
            {
                all.Add(kind, type, false);
                all.Add(kind, type, true);
            }
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_models_bytes_are_those_of_its_tensors(string kind, ScalarType type, bool offload)
    {
        using var scope = NewDisposeScope();
        var shape = SmallPolicy.OfKind(kind);
        using var policy = new Policy(shape, CPU, type, offload);
        using var optimizer = new AdamW(policy.Parameters);
        using var table = new RotaryTable(shape, CPU, type);
        var angles = table.Between(0, shape.MaxPositions);
        var planned = ModelMemory.Of(shape, type, shape.Parameters, offload: offload);
        var (device, host) = policy.Parameters.Bytes;
        var means = Bytes(optimizer.Means) + Bytes(optimizer.Squares);
        Assert.Equal(device + (offload ? 0 : means) + Bytes(angles.Cosines) + Bytes(angles.Sines), planned.Device);
        Assert.Equal(offload ? host + means : 0, planned.Host);
        Assert.Equal(Bytes(policy.Parameters.Gradients), shape.Parameters * 4);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void The_bytes_of_a_model_that_trains_adapters_are_those_of_its_tensors(string kind, ScalarType type, bool offload)
    {
        using var scope = NewDisposeScope();
        using var whole = SmallPolicy.Drawn(SmallPolicy.OfKind(kind));
        using var policy = SmallLora.Fresh(whole, SmallLora.Some, type, offload);
        using var optimizer = new AdamW(policy.Parameters);
        using var table = new RotaryTable(policy.Shape, CPU, type);
        var angles = table.Between(0, policy.Shape.MaxPositions);
        var planned = ModelMemory.Of(policy.Shape, type, SmallLora.Some.Layout(policy.Shape).Sum(adapter => adapter.Size), frozen: policy.Shape.Parameters, offload: offload);
        var (device, host) = policy.Parameters.Bytes;
        var means = Bytes(optimizer.Means) + Bytes(optimizer.Squares);
        var weights = policy.Shape.Layout().Sum(weight => Bytes(policy.Place(weight.Name)));
        Assert.Equal(weights + device + (offload ? 0 : means) + Bytes(angles.Cosines) + Bytes(angles.Sines), planned.Device);
        Assert.Equal(offload ? host + means : 0, planned.Host);
        // Most of it is weights that have nothing beside them.
        Assert.InRange(weights, planned.Device / 4, planned.Device);
    }

    [Fact]
    public void Frozen_weights_have_neither_masters_nor_gradients()
    {
        var planned = ModelMemory.Of(SmallPolicy.Shape, ScalarType.BFloat16, trained: 100, frozen: 5000);
        Assert.Equal((2 * 5100L, 400L, 600L, 800L), (planned.Weights, planned.Masters, planned.Gradients, planned.Means));
    }

    [Theory]
    [MemberData(nameof(SmallPolicy.Kinds), MemberType = typeof(SmallPolicy))]
    public void A_caches_bytes_are_those_of_its_tensors(string kind)
    {
        foreach (var type in Types)
        {
            using var policy = new Policy(SmallPolicy.OfKind(kind), CPU, type);
            using var cache = new KeyValueCache(policy, [3, 9, 6, 9, 9], 9 + 20);
            Assert.Equal(cache.Bytes, GenerationMemory.Of(policy.Shape, type, 5, prompt: 9, maxTokens: 20).Cache);
        }
    }

    // Qwen2.5-0.5B in bf16: two bytes of weights, six of gradients, four of a master and eight of means for each of 494,032,768 parameters.
    [Fact]
    public void A_plan_is_the_sum_of_its_parts()
    {
        var plan = MemoryFitTests.Half.Plan();
        Assert.Equal(20 * 494_032_768L + 2 * 4096 * 64 * 2, plan.Resident);
        Assert.Equal(plan.Resident + Math.Max(plan.Pass.All, plan.Generation.All), plan.Device);
        // 256 sequences of 24 layers with 2 heads of 64 keys and values, two bytes each, over 128 + 256 tokens.
        Assert.Equal(256L * 24 * 2 * 2 * 64 * 2 * 384, plan.Generation.Cache);
        // 8,192 tokens are more than 1 GiB of logits may be: 7,067 of them are there at once.
        Assert.Equal(16L * 7_067 * 151_936 + 4L * 151_936 * 896, plan.Pass.Logits);
        Assert.StartsWith($"{plan.Device / 1e9:0.0} GB at most: weights 990 MB, masters 2.0 GB, gradients 3.0 GB, the optimizer's means 4.0 GB, a pass", plan.ToString(), StringComparison.Ordinal);
    }

    private static long Bytes(Tensor tensor) => tensor.numel() * tensor.element_size();
}
