using RewardServer.Training.Planning;
using static TorchSharp.torch;

namespace RewardServer.Training.Tests.Planning;

public sealed class MemoryFitTests
{
    private const long Gigabyte = 1_000_000_000;

    /// <summary>Qwen2.5-0.5B.</summary>
    public static MemoryNeeds Half { get; } = new()
    {
        Shape = new()
        {
            VocabularySize = 151_936, HiddenSize = 896, Layers = 24, Heads = 14, KeyValueHeads = 2, HeadSize = 64, IntermediateSize = 4864, MaxPositions = 4096, AttentionBias = true,
        },
        Type = ScalarType.BFloat16,
        BatchTokens = 8192,
        Prompt = 128,
        MaxTokens = 256,
        Sequences = 256,
    };

    [Fact]
    public void What_has_room_is_left_as_it_is() => Assert.Equal(Half, Gpu(80).Of(Half));

    [Fact]
    public void Fewer_sequences_are_written_at_once_where_that_is_what_it_takes()
    {
        var many = Half with { Sequences = 1024, BatchTokens = 1024 };
        var room = many.Plan().Device - Gigabyte;
        var fitting = new MemoryFit(room, host: null, isHost: false, bounded: true, adaptable: true, [("reinforcement.batchTokens", 8192)]).Of(many)!;
        Assert.InRange(fitting.Sequences, 512, 1023);
        Assert.Equal(many with { Sequences = fitting.Sequences }, fitting);
        Assert.True(fitting.Plan().Device <= room);
        Assert.True((fitting with { Sequences = fitting.Sequences + 1 }).Plan().Device > room);
        // Where sequences draw from one stream, their number is the recipe's to change.
        var fit = new MemoryFit(room, host: null, isHost: false, bounded: false, adaptable: true, [("reinforcement.batchTokens", 8192)]);
        Assert.Null(fit.Of(many));
        Assert.StartsWith($"memory.sequences: {fitting.Sequences} (", fit.Ways(many)[0], StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_told_to_fit_fits()
    {
        Assert.Null(Gpu(24).Of(Half));
        var ways = Gpu(24).Ways(Half);
        Assert.Contains(ways, way => way.StartsWith("memory.gradientCheckpointing: true (", StringComparison.Ordinal));
        Assert.True((Half with { Checkpointing = true }).Plan().Device <= 24 * Gigabyte);
        var fewer = Assert.Single(ways, way => way.StartsWith("reinforcement.batchTokens: ", StringComparison.Ordinal));
        var tokens = int.Parse(fewer.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
        Assert.True((Half with { BatchTokens = tokens }).Plan().Device <= 24 * Gigabyte);
        Assert.True((Half with { BatchTokens = 2 * tokens }).Plan().Device > 24 * Gigabyte);
    }

    [Fact]
    public void Where_nothing_alone_fits_several_together_are_told()
    {
        var ways = Gpu(8).Ways(Half);
        Assert.NotEmpty(ways);
        Assert.All(ways, way => Assert.Contains(" and ", way, StringComparison.Ordinal));
        Assert.Contains(ways, way => way.StartsWith("memory.gradientCheckpointing: true and memory.optimizerOffload: true", StringComparison.Ordinal) && way.Contains("of main memory", StringComparison.Ordinal));
        Assert.Contains(ways, way => way.Contains("lora: {rank: 16}", StringComparison.Ordinal));
        Assert.Equal(ways, ways.Distinct());
    }

    [Fact]
    public void Adapters_are_told_only_where_a_recipe_may_have_them_and_without_a_reference_beside_them()
    {
        Assert.DoesNotContain(Gpu(8, adaptable: false).Ways(Half), way => way.Contains("lora", StringComparison.Ordinal));
        var referring = Half with { Reference = true, BatchTokens = 512 };
        Assert.Equal((referring with { Adapters = 1, Reference = false }).Plan().Device, (referring with { Adapters = 1 }).Plan().Device);
        Assert.True(referring.Plan().Device > (referring with { Reference = false }).Plan().Device);
    }

    [Fact]
    public void Offloading_is_told_only_where_main_memory_has_room()
    {
        Assert.Contains(Gpu(8, host: 20).Ways(Half), way => way.Contains("optimizerOffload", StringComparison.Ordinal));
        Assert.DoesNotContain(Gpu(8, host: 4).Ways(Half), way => way.Contains("optimizerOffload", StringComparison.Ordinal));
    }

    // A CPU was measured to take half of what a pass is planned to take at most.
    [Fact]
    public void On_a_CPU_what_is_only_an_estimate_counts_half()
    {
        var plan = Half.Plan();
        MemoryFit Cpu(long room) => new(room, host: null, isHost: true, bounded: false, adaptable: true, [("reinforcement.batchTokens", 8192)]);
        Assert.Equal(Half, Cpu(plan.Resident + plan.Pass.All / 2).Of(Half));
        Assert.Null(Cpu(plan.Resident + plan.Pass.All / 2 - 1).Of(Half));
    }

    [Fact]
    public void Where_nothing_fits_nothing_is_told() => Assert.Empty(Gpu(1).Ways(Half));

    private static MemoryFit Gpu(long gigabytes, long? host = null, bool adaptable = true) => new(gigabytes * Gigabyte, host * Gigabyte, isHost: false, bounded: true, adaptable, [("reinforcement.batchTokens", 8192)]);
}
