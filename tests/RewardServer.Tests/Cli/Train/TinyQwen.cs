using System.Text;
using System.Text.Json.Nodes;
using RewardServer.Training.Policies;

namespace RewardServer.Tests.Cli.Train;

/// <summary>A folder as Qwen2.5's are, of random weights: a layer, a tokenizer of bytes, and the chat template's form.</summary>
internal static class TinyQwen
{
    private const string Splits = @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    /// <summary>What its chat template says where a chat begins without a message of the system.</summary>
    public const string Instruction = "You are Qwen, created by Alibaba Cloud. You are a helpful assistant.";

    private const string Chat =
        "{%- if messages[0]['role'] == 'system' %}{{- '<|im_start|>system\\n' + messages[0]['content'] + '<|im_end|>\\n' }}{%- else %}{{- '<|im_start|>system\\n" + Instruction + "<|im_end|>\\n' }}{%- endif %}"
        + "{%- for message in messages %}{{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>' + '\\n' }}{%- endfor %}"
        + "{%- if add_generation_prompt %}{{- '<|im_start|>assistant\\n' }}{%- endif %}";

    private static readonly PolicyShape Shape = new()
    {
        VocabularySize = 264,
        HiddenSize = 16,
        Layers = 1,
        Heads = 2,
        KeyValueHeads = 1,
        HeadSize = 8,
        IntermediateSize = 32,
        MaxPositions = 512,
        AttentionBias = true,
    };

    /// <summary>Writes it.</summary>
    public static void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        Text("config.json", new()
        {
            ["architectures"] = new JsonArray("Qwen2ForCausalLM"),
            ["model_type"] = "qwen2",
            ["vocab_size"] = Shape.VocabularySize,
            ["hidden_size"] = Shape.HiddenSize,
            ["num_hidden_layers"] = Shape.Layers,
            ["num_attention_heads"] = Shape.Heads,
            ["num_key_value_heads"] = Shape.KeyValueHeads,
            ["intermediate_size"] = Shape.IntermediateSize,
            ["max_position_embeddings"] = Shape.MaxPositions,
            ["rms_norm_eps"] = 1e-6,
            ["rope_theta"] = 1_000_000.0,
            ["tie_word_embeddings"] = true,
            ["hidden_act"] = "silu",
            ["use_sliding_window"] = false,
        });
        Text("tokenizer.json", Tokenizer());
        Text("tokenizer_config.json", new() { ["eos_token"] = "<|im_end|>", ["chat_template"] = Chat });
        Weights(Path.Combine(folder, "model.safetensors"));

        void Text(string name, JsonObject json) => File.WriteAllText(Path.Combine(folder, name), json.ToJsonString());
    }

    private static JsonObject Tokenizer()
    {
        var vocabulary = new JsonObject();
        // Bytes that are no visible letter stand beyond U+00FF, in their order (GPT-2's bytes_to_unicode).
        var hidden = 0;
        for (var value = 0; value < 256; value++)
        {
            var isVisible = value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF);
            vocabulary.Add(((char)(isVisible ? value : 256 + hidden++)).ToString(), value);
        }

        return new()
        {
            ["added_tokens"] = new JsonArray([.. new[] { "<|endoftext|>", "<|im_start|>", "<|im_end|>" }.Select((text, i) => (JsonNode)new JsonObject
            {
                ["id"] = 256 + i, ["content"] = text, ["single_word"] = false, ["lstrip"] = false, ["rstrip"] = false, ["normalized"] = false, ["special"] = true,
            })]),
            ["normalizer"] = new JsonObject { ["type"] = "NFC" },
            ["pre_tokenizer"] = new JsonObject
            {
                ["type"] = "Sequence",
                ["pretokenizers"] = new JsonArray(
                    new JsonObject { ["type"] = "Split", ["pattern"] = new JsonObject { ["Regex"] = Splits }, ["behavior"] = "Isolated", ["invert"] = false },
                    new JsonObject { ["type"] = "ByteLevel", ["add_prefix_space"] = false, ["use_regex"] = false }),
            },
            ["decoder"] = new JsonObject { ["type"] = "ByteLevel" },
            ["model"] = new JsonObject { ["type"] = "BPE", ["vocab"] = vocabulary, ["merges"] = new JsonArray() },
        };
    }

    // Norms are 1, all else is drawn.
    private static void Weights(string path)
    {
        var random = new Random(3);
        var header = new JsonObject();
        using var numbers = new MemoryStream();
        using var writer = new BinaryWriter(numbers);
        foreach (var weight in Shape.Layout())
        {
            var begin = numbers.Position;
            for (var i = 0; i < weight.Size; i++)
            {
                writer.Write(weight.Name.Contains("norm", StringComparison.Ordinal) ? 1f : (float)(0.2 * (random.NextDouble() - 0.5)));
            }

            header[weight.Name] = new JsonObject
            {
                ["dtype"] = "F32",
                ["shape"] = new JsonArray([.. weight.Dimensions.Select(length => (JsonNode)length)]),
                ["data_offsets"] = new JsonArray(begin, numbers.Position),
            };
        }

        var json = Encoding.UTF8.GetBytes(header.ToJsonString());
        File.WriteAllBytes(path, [.. BitConverter.GetBytes((ulong)json.Length), .. json, .. numbers.ToArray()]);
    }
}
