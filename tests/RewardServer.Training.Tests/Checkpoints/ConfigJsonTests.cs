using RewardServer.Training.Checkpoints;
using RewardServer.Training.Policies;
using static TorchSharp.torch;

namespace RewardServer.Training.Tests.Checkpoints;

public sealed class ConfigJsonTests
{
    private const string Measures = """
        "vocab_size": 100, "hidden_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4, "num_key_value_heads": 2, "intermediate_size": 96, "max_position_embeddings": 128
        """;

    public static TheoryData<PolicyShape> Shapes => new(
        Small,
        Small with { QueryKeyNorm = true, TiedEmbeddings = false },
        Small with { ScalarHead = true, AttentionBias = true },
        Small with { AttentionBias = true, NormEpsilon = 1e-5 },
        Small with { AttentionBias = true, QueryKeyNorm = true, HeadSize = 32, RopeTheta = 1e6 },
        Small with { RopeScaling = new(32, 1, 4, 8192), RopeTheta = 500_000 });

    internal static PolicyShape Small { get; } = new()
    {
        VocabularySize = 17, HiddenSize = 16, Layers = 2, Heads = 2, KeyValueHeads = 1, HeadSize = 8, IntermediateSize = 24, MaxPositions = 32,
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void What_was_written_reads_as_the_same_shape(PolicyShape shape)
    {
        using var folder = new TemporaryFolder();
        ConfigJson.Write(shape, ScalarType.BFloat16, 3, folder.Path);
        Assert.Equal(shape, ConfigJson.Read(folder.Path));
    }

    [Fact]
    public void Each_model_has_its_own_defaults()
    {
        var llama = Read($$"""{"model_type": "llama", {{Measures}}}""");
        Assert.Equal((16, false, false, false, 10_000.0, 1e-6), (llama.HeadSize, llama.AttentionBias, llama.QueryKeyNorm, llama.TiedEmbeddings, llama.RopeTheta, llama.NormEpsilon));
        var qwen2 = Read($$"""{"model_type": "qwen2", {{Measures}}, "sliding_window": 4096, "use_sliding_window": false, "max_window_layers": 1, "tie_word_embeddings": true}""");
        Assert.Equal((16, true, false, true), (qwen2.HeadSize, qwen2.AttentionBias, qwen2.QueryKeyNorm, qwen2.TiedEmbeddings));
        var qwen3 = Read($$"""{"model_type": "qwen3", {{Measures}}, "attention_bias": false, "rope_scaling": null}""");
        Assert.Equal((128, false, true), (qwen3.HeadSize, qwen3.AttentionBias, qwen3.QueryKeyNorm));
    }

    [Fact]
    public void Rotary_parameters_are_read_as_newer_transformers_writes_them()
    {
        var shape = Read($$"""
            {"model_type": "llama", {{Measures}}, "rope_parameters": {"rope_type": "llama3", "rope_theta": 500000.0, "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0, "original_max_position_embeddings": 8192} }
            """);
        Assert.Equal(500_000, shape.RopeTheta);
        Assert.Equal(new RopeScaling(8, 1, 4, 8192), shape.RopeScaling);
    }

    [Theory]
    [InlineData("\"model_type\": \"mistral\"", "model_type is \"mistral\"")]
    [InlineData("\"hidden_act\": \"gelu\"", "hidden_act is \"gelu\"")]
    [InlineData("\"mlp_bias\": true", "mlp_bias is true")]
    [InlineData("\"quantization_config\": {}", "quantization_config")]
    [InlineData("\"partial_rotary_factor\": 0.5", "partial_rotary_factor")]
    [InlineData("\"use_sliding_window\": true, \"sliding_window\": 64, \"max_window_layers\": 1", "use_sliding_window is true")]
    [InlineData("\"layer_types\": [\"full_attention\", \"sliding_attention\"]", "layer_types has \"sliding_attention\"")]
    [InlineData("\"rope_scaling\": {\"type\": \"yarn\", \"factor\": 4}", "rope_scaling.rope_type is \"yarn\"")]
    [InlineData("\"rope_scaling\": {\"type\": \"llama3\", \"factor\": 4}", "rope_scaling.low_freq_factor is missing")]
    [InlineData("\"rope_scaling\": 4", "rope_scaling must be an object")]
    [InlineData("\"rope_theta\": \"big\"", "rope_theta must be a number")]
    [InlineData("\"rope_theta\": -1", "rope_theta must be above 0")]
    [InlineData("\"tie_word_embeddings\": 1", "tie_word_embeddings must be true or false")]
    [InlineData("\"head_dim\": 7", "head_dim must be even")]
    [InlineData("\"head_dim\": 7.5", "head_dim must be a whole number")]
    public void What_is_not_computed_or_wrong_is_named(string member, string error)
    {
        var model = member.Contains("model_type", StringComparison.Ordinal) ? "" : "\"model_type\": \"llama\",";
        var exception = Assert.Throws<InvalidDataException>(() => Read($$"""{ {{model}} {{Measures}}, {{member}} }"""));
        Assert.Contains("config.json: " + error, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_errors_are_named_at_once()
    {
        var message = Assert.Throws<InvalidDataException>(() => Read("""{"model_type": "qwen3", "hidden_size": "64", "hidden_act": "relu", "num_hidden_layers": 2}""")).Message;
        foreach (var member in new[] { "hidden_size must", "hidden_act is", "num_attention_heads is missing", "num_key_value_heads is missing", "vocab_size is missing", "intermediate_size is missing", "max_position_embeddings is missing" })
        {
            Assert.Contains("config.json: " + member, message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"model_type": "llama", "model_type": "qwen2"}""")]
    public void What_is_no_object_is_refused(string text) => Assert.Throws<InvalidDataException>(() => Read(text));

    private static PolicyShape Read(string text)
    {
        using var folder = new TemporaryFolder().With("config.json", text);
        return ConfigJson.Read(folder.Path);
    }
}
