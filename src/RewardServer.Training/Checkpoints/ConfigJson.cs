using System.Text.Json;
using System.Text.Json.Nodes;
using RewardServer.Training.Policies;
using RewardServer.Training.Tokens;
using static TorchSharp.torch;

namespace RewardServer.Training.Checkpoints;

/// <summary>
/// The measures of a policy in Hugging Face's <c>config.json</c>, of <c>model_type</c> llama, qwen2 or qwen3. What a file asks that the policy does
/// not compute is refused, for it would compute something else.
/// </summary>
public static class ConfigJson
{
    /// <summary>The file's name in a checkpoint's folder.</summary>
    public const string FileName = "config.json";

    /// <summary>How the architectures of models with a scalar head are called, behind the model's name.</summary>
    internal const string Scalar = "ForSequenceClassification";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Reads a checkpoint's measures.</summary>
    /// <exception cref="FileNotFoundException">The folder has no config.json.</exception>
    /// <exception cref="InvalidDataException">It is no JSON, or has errors: all of them, a line each, by member.</exception>
    public static PolicyShape Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"{folder} has no {FileName}");
        }

        using var document = StrictJson.Parse(File.ReadAllBytes(path), FileName + ":");
        return ConfigJsonReader.Read(document.RootElement);
    }

    /// <summary>Writes a policy's measures, as the model that has its parts: qwen3 with norms of queries and keys, qwen2 with biases, else llama.</summary>
    /// <param name="shape">The measures.</param>
    /// <param name="type">The type that the parameters are kept in.</param>
    /// <param name="endOfText">The token that ends completions; null if none is known.</param>
    /// <param name="folder">Where; a file of the name is replaced.</param>
    public static void Write(PolicyShape shape, ScalarType type, int? endOfText, string folder)
    {
        var model = ModelType(shape);
        var config = new JsonObject
        {
            ["architectures"] = new JsonArray(Architecture(model) + (shape.ScalarHead ? Scalar : "ForCausalLM")),
            ["model_type"] = model,
            ["vocab_size"] = shape.VocabularySize,
            ["hidden_size"] = shape.HiddenSize,
            ["num_hidden_layers"] = shape.Layers,
            ["num_attention_heads"] = shape.Heads,
            ["num_key_value_heads"] = shape.KeyValueHeads,
            ["head_dim"] = shape.HeadSize,
            ["intermediate_size"] = shape.IntermediateSize,
            ["max_position_embeddings"] = shape.MaxPositions,
            ["rope_theta"] = shape.RopeTheta,
            ["rope_scaling"] = Scaling(shape.RopeScaling),
            ["rms_norm_eps"] = shape.NormEpsilon,
            ["hidden_act"] = "silu",
            ["attention_bias"] = shape.AttentionBias,
            ["attention_dropout"] = 0.0,
            ["tie_word_embeddings"] = shape.TiedEmbeddings,
            ["use_sliding_window"] = false,
            ["bos_token_id"] = null,
            ["eos_token_id"] = endOfText,
            ["torch_dtype"] = type switch { ScalarType.Float32 => "float32", ScalarType.Float16 => "float16", _ => "bfloat16" },
        };
        if (shape.ScalarHead)
        {
            // One label, or transformers makes two.
            config["num_labels"] = 1;
        }

        File.WriteAllText(Path.Combine(folder, FileName), config.ToJsonString(Indented) + "\n");
    }

    /// <summary>The model of Hugging Face that has a policy's parts.</summary>
    internal static string ModelType(PolicyShape shape) => shape.QueryKeyNorm ? "qwen3" : shape.AttentionBias ? "qwen2" : "llama";

    private static string Architecture(string model) => model switch
    {
        "qwen3" => "Qwen3",
        "qwen2" => "Qwen2",
        _ => "Llama",
    };

    private static JsonObject? Scaling(RopeScaling? scaling) => scaling is null ? null : new()
    {
        ["rope_type"] = "llama3",
        ["factor"] = scaling.Factor,
        ["low_freq_factor"] = scaling.LowFrequencyFactor,
        ["high_freq_factor"] = scaling.HighFrequencyFactor,
        ["original_max_position_embeddings"] = scaling.OriginalMaxPositions,
    };
}
