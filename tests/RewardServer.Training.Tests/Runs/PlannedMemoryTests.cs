using RewardServer.Training.Checkpoints;
using RewardServer.Training.Planning;
using RewardServer.Training.Policies;
using RewardServer.Training.Recipes;
using RewardServer.Training.Runs;
using RewardServer.Training.Tests.Planning;
using RewardServer.Training.Tests.Policies;
using TorchSharp;
using static TorchSharp.torch;

namespace RewardServer.Training.Tests.Runs;

/// <summary>The plan of a run's memory, of what its recipe and its devices say. Nothing is computed, and so it takes no GPU.</summary>
public sealed class PlannedMemoryTests
{
    private const long Gigabyte = 1_000_000_000;
    private const int Prompt = 128;
    private const int MaxTokens = 256;
    private const string Grpo = "algorithm: {name: grpo, klCoefficient: 0}";
    private const string Offload = "memory: {optimizerOffload: true}";

    /// <summary>Qwen2.5-0.5B.</summary>
    private static readonly PolicyShape Half = MemoryFitTests.Half.Shape;

    [Fact]
    public void A_GPU_writes_1024_sequences_at_once_where_there_is_room_and_else_as_many_as_there_is_room_for()
    {
        var plenty = Planned(Grpo, free: 80 * Gigabyte);
        Assert.Equal((1024, 1024), (plenty.SequencesAtOnce!.Value, plenty.Plan.Sequences));
        // Nine tenths of what is free may be taken.
        var room = plenty.Plan.Resident + plenty.Plan.Generation.All * 6 / 10;
        var little = Planned(Grpo, free: room * 10 / 9);
        Assert.InRange(little.SequencesAtOnce!.Value, 600, 615);
        Assert.Equal(little.SequencesAtOnce, little.Plan.Sequences);
        Assert.InRange(little.Plan.Device, room - 2 * plenty.Plan.Generation.All / 1024, room);
        // No more than are asked for, and no more than the recipe says.
        Assert.Equal(256, Planned(Grpo, free: 80 * Gigabyte, prompts: 8).SequencesAtOnce);
        Assert.Equal(100, Planned($"{Grpo}\nmemory: {{sequences: 100}}", free: 80 * Gigabyte).SequencesAtOnce);
    }

    [Fact]
    public void A_CPU_writes_256_at_once_from_one_stream_but_where_the_recipe_says_how_many()
    {
        var usual = Planned(Grpo, free: 200 * Gigabyte, device: CPU);
        Assert.Equal((null, 256), (usual.SequencesAtOnce, usual.Plan.Sequences));
        var told = Planned($"{Grpo}\nmemory: {{sequences: 300}}", free: 200 * Gigabyte, device: CPU);
        Assert.Equal((300, 300), (told.SequencesAtOnce!.Value, told.Plan.Sequences));
    }

    [Fact]
    public void A_teacher_that_writes_is_planned_with_a_cache_of_its_own()
    {
        using var folder = new TemporaryFolder();
        var teacher = Half with { Layers = 48 };
        ConfigJson.Write(teacher, ScalarType.BFloat16, null, folder.Path);
        GenerationMemory Of(PolicyShape shape) => GenerationMemory.Of(shape, ScalarType.BFloat16, 1024, Prompt, MaxTokens);
        var (writes, tells) = (Planned($"distillation: {{teacher: '{folder.Path}', kind: samples}}").Plan, Planned($"distillation: {{teacher: '{folder.Path}', kind: reverse-kl}}").Plan);
        Assert.Equal(2 * Of(Half).Cache, Of(teacher).Cache);
        Assert.Equal((Of(teacher), Of(Half)), (writes.Generation, tells.Generation));
        // Either way its weights are there.
        Assert.Equal((Frozen(teacher), Frozen(teacher)), (writes.Asked, tells.Asked));
    }

    [Fact]
    public void A_pass_of_pairs_has_room_for_both_completions_of_one()
    {
        PassMemory Of(int tokens) => PassMemory.Of(Half, ScalarType.BFloat16, tokens, Prompt + MaxTokens, checkpointing: false);
        Assert.Equal(Of(2 * (Prompt + MaxTokens)), Planned("preferences: {kind: dpo}", batchTokens: 300).Plan.Pass);
        Assert.Equal(Of(Prompt + MaxTokens), Planned(Grpo, batchTokens: 300).Plan.Pass);
        Assert.Equal(Of(1024), Planned("preferences: {kind: dpo}").Plan.Pass);
    }

    [Fact]
    public void Adapters_take_the_place_of_a_reference_and_of_the_masters_and_gradients_of_weights()
    {
        const string Held = "algorithm: {name: grpo, klCoefficient: 0.01}";
        var (whole, adapted) = (Planned(Held).Plan, Planned($"{Held}\nlora: {{rank: 16}}").Plan);
        var (all, adapters) = (Half.Parameters, new LoraShape(16, 32, LoraShape.Projections).Layout(Half).Sum(adapter => adapter.Size));
        Assert.InRange(adapters, 1, all / 20);
        Assert.Equal((2 * all, 4 * all, 6 * all, 8 * all), (whole.Policy.Weights, whole.Policy.Masters, whole.Policy.Gradients, whole.Policy.Means));
        Assert.Equal((2 * (all + adapters), 4 * adapters, 6 * adapters, 8 * adapters), (adapted.Policy.Weights, adapted.Policy.Masters, adapted.Policy.Gradients, adapted.Policy.Means));
        Assert.Equal((Frozen(Half), 0), (whole.Asked, adapted.Asked));
        // A critic has a copy of all weights, or adapters and a head on those that are there.
        var critic = Planned("algorithm: {name: ppo}\nlora: {rank: 16}").Plan.Learning;
        Assert.Equal(ModelMemory.Of(Half, ScalarType.BFloat16, adapters + Half.HiddenSize).Device, critic);
        Assert.True(Planned("algorithm: {name: ppo}").Plan.Learning > 20 * critic);
    }

    [Fact]
    public void Who_only_samples_has_an_optimizer_and_no_pass()
    {
        var (plan, learns) = (Planned("sampling: {}").Plan, Planned(Grpo).Plan);
        Assert.Equal(8 * Half.Parameters, plan.Policy.Means);
        Assert.Equal((0L, 0L), (plan.Pass.All, plan.Step));
        Assert.Equal(learns.Resident, plan.Resident);
        Assert.Equal(plan.Resident + plan.Generation.All, plan.Device);
    }

    [Fact]
    public void Each_copy_has_masters_and_gradients_of_its_own_in_main_memory()
    {
        // As small as any machine has room for.
        var shape = SmallPolicy.Shape;
        var (one, three) = (Planned($"{Grpo}\n{Offload}", shape: shape).Plan, Planned($"{Grpo}\n{Offload}", shape: shape, copies: 2).Plan);
        // Masters, gradients, two means and their roots.
        Assert.Equal(20 * shape.Parameters, one.Host);
        Assert.Equal(one.Host + 2 * 8 * shape.Parameters, three.Host);
        Assert.Equal(one.Device, three.Device);
        var (critic, critics) = (Planned($"algorithm: {{name: ppo}}\n{Offload}", shape: shape).Plan, Planned($"algorithm: {{name: ppo}}\n{Offload}", shape: shape, copies: 2).Plan);
        Assert.Equal(2 * 8 * (2 * shape.Parameters + HeadOf(shape)), critics.Host - critic.Host);
    }

    [Fact]
    public void What_main_memory_has_no_room_for_is_told()
    {
        Assert.SkipWhen(HostMemory.Free() is null, "the system does not say how much memory is free");
        // Terabytes.
        var exception = Assert.Throws<ArgumentException>(() => Planned($"{Grpo}\n{Offload}", free: 1_000_000 * Gigabyte, shape: Half with { VocabularySize = 1_000_000_000 }));
        Assert.StartsWith("memory.optimizerOffload needs ", exception.Message, StringComparison.Ordinal);
        Assert.Contains("of main memory, which has room for ", exception.Message, StringComparison.Ordinal);
    }

    private static long Frozen(PolicyShape shape) => 2 * shape.Parameters + 2L * shape.MaxPositions * shape.HeadSize * 2;

    private static long HeadOf(PolicyShape shape) => (shape with { ScalarHead = true }).Parameters - shape.Parameters;

    private static RunMemory Planned(string learning, long free = 80 * Gigabyte, Device? device = null, PolicyShape? shape = null, int copies = 0, int prompts = 64, int batchTokens = 1024)
    {
        var recipe = Recipe.Read($$"""
            name: planned
            model: {path: somewhere}
            template: chat
            problems: [{kind: addition}]
            rubric: r1-zero
            rollouts: {prompts: {{prompts}}, group: 32, maxTokens: {{MaxTokens}}}
            reinforcement: {steps: 1, batchTokens: {{batchTokens}}, learningRate: 1e-6}
            evaluation: {problems: 64}
            {{learning}}
            """, "planned.yaml");
        var computing = device ?? new Device(DeviceType.CUDA, 0);
        var options = new RunOptions
        {
            Folder = "nowhere", BaseModels = "nowhere", Device = computing, Others = [.. Enumerable.Repeat(computing, copies)], ComputeType = ScalarType.BFloat16, Memory = free,
        };
        return RunMemory.Of(recipe, options, shape ?? Half, Prompt);
    }
}
