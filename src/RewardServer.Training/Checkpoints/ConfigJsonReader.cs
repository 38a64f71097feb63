using System.Text.Json;
using RewardServer.Training.Policies;

namespace RewardServer.Training.Checkpoints;

/// <summary>Reads a <c>config.json</c> and gathers all that is wrong with it.</summary>
internal sealed class ConfigJsonReader
{
    private readonly ConfigMembers members;
    private readonly string model;

    private ConfigJsonReader(ConfigMembers members)
    {
        this.members = members;
        model = members.Text("model_type") ?? "";
    }

    /// <summary>The measures.</summary>
    /// <exception cref="InvalidDataException">There are errors: all of them, a line each.</exception>
    public static PolicyShape Read(JsonElement root)
    {
        var members = new ConfigMembers(root, "");
        var shape = new ConfigJsonReader(members).Shape();
        if (members.Errors.Count == 0)
        {
            members.Errors.AddRange(shape.Errors().Select(error => $"{Member(error.Member)} {error.Error}"));
        }

        return members.Errors.Count == 0
            ? shape
            : throw new InvalidDataException(string.Join('\n', members.Errors.Select(error => $"{ConfigJson.FileName}: {error}")));
    }

    private PolicyShape Shape()
    {
        if (model is not ("llama" or "qwen2" or "qwen3"))
        {
            members.Wrong("model_type", $"is \"{model}\"; llama, qwen2 and qwen3 are supported");
        }

        // A number in a file must not make lists of any size.
        if (members.Whole("num_hidden_layers") is var layers && layers > 10_000)
        {
            members.Wrong("num_hidden_layers", $"must be at most 10000, but is {layers}");
        }

        RefuseWhatIsNotComputed();
        var hidden = members.Whole("hidden_size");
        var heads = members.Whole("num_attention_heads");
        // What llama's and qwen3's configurations have where the file says nothing.
        var headSize = members.Whole("head_dim", model == "qwen3" ? 128 : heads > 0 ? hidden / heads : 0);
        if (!members.Has("head_dim") && model != "qwen3" && heads > 0 && hidden % heads != 0)
        {
            members.Wrong("hidden_size", $"must be a multiple of the {heads} heads where head_dim is missing, but is {hidden}");
        }

        var rotary = new ConfigRotary(members);
        return new()
        {
            VocabularySize = members.Whole("vocab_size"),
            HiddenSize = hidden,
            Layers = layers,
            Heads = heads,
            KeyValueHeads = members.Whole("num_key_value_heads", model == "llama" ? heads : null),
            HeadSize = headSize,
            IntermediateSize = members.Whole("intermediate_size"),
            MaxPositions = members.Whole("max_position_embeddings"),
            NormEpsilon = members.Number("rms_norm_eps", 1e-6),
            RopeTheta = rotary.Theta,
            RopeScaling = rotary.Scaling,
            QueryKeyNorm = model == "qwen3",
            AttentionBias = model == "qwen2" || members.Flag("attention_bias"),
            TiedEmbeddings = members.Flag("tie_word_embeddings"),
            ScalarHead = HasScalarHead(),
        };
    }

    // A head of several labels has another size, which its tensor tells.
    private bool HasScalarHead() =>
        members.Value("architectures") is { ValueKind: JsonValueKind.Array } names
        && names.EnumerateArray().Any(name => name.ToString().EndsWith(ConfigJson.Scalar, StringComparison.Ordinal));

    private void RefuseWhatIsNotComputed()
    {
        if (members.Text("hidden_act") is { } activation && activation != "silu")
        {
            members.Wrong("hidden_act", $"is \"{activation}\"; silu is supported");
        }

        if (members.Flag("mlp_bias"))
        {
            members.Wrong("mlp_bias", "is true, which is not supported");
        }

        if (members.Has("quantization_config"))
        {
            members.Wrong("quantization_config", "is there: quantised parameters are not supported");
        }

        if (members.Number("partial_rotary_factor", 1) is var share && share != 1)
        {
            members.Wrong("partial_rotary_factor", "must be 1 where it is given");
        }

        RefuseWindows();
    }

    // Where layer_types is there it decides; before it, the layers from max_window_layers on had the window.
    private void RefuseWindows()
    {
        if (members.Value("layer_types") is { ValueKind: JsonValueKind.Array } types)
        {
            foreach (var type in types.EnumerateArray().Select(type => type.ToString()).Where(type => type != "full_attention").Distinct())
            {
                members.Wrong("layer_types", $"has \"{type}\"; full_attention is supported");
            }
        }
        else if (members.Flag("use_sliding_window") && members.Has("sliding_window")
            && members.Whole("max_window_layers", 28) < members.Whole("num_hidden_layers"))
        {
            members.Wrong("use_sliding_window", "is true: attention through a sliding window is not supported");
        }
    }

    private static string Member(string measure) => measure switch
    {
        "vocabularySize" => "vocab_size",
        "hiddenSize" => "hidden_size",
        "layers" => "num_hidden_layers",
        "heads" => "num_attention_heads",
        "keyValueHeads" => "num_key_value_heads",
        "headSize" => "head_dim",
        "intermediateSize" => "intermediate_size",
        "maxPositions" => "max_position_embeddings",
        _ => measure,
    };
}
