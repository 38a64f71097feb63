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
        var fitting = new MemoryFit(room, isHost: false, bounded: true, [("reinforcement.batchTokens", 8192)]).Of(many)!;
        Assert.InRange(fitting.Sequences, 512, 1023);
        Assert.Equal(many with { Sequences = fitting.Sequences }, fitting);
        Assert.True(fitting.Plan().Device <= room);
        Assert.True((fitting with { Sequences = fitting.Sequences + 1 }).Plan().Device > room);
        // Where sequences draw from one stream, their number is the recipe's to change.
        var fit = new MemoryFit(room, isHost: true, bounded: false, [("reinforcement.batchTokens", 8192)]);
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
    public void Where_nothing_fits_nothing_is_told() => Assert.Empty(Gpu(1).Ways(Half));

    private static MemoryFit Gpu(long gigabytes) => new(gigabytes * Gigabyte, isHost: false, bounded: true, [("reinforcement.batchTokens", 8192)]);
}
