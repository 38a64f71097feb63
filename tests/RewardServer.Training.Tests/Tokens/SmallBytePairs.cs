using System.Text.Json.Nodes;
using RewardServer.Training.Tokens;

namespace RewardServer.Training.Tests.Tokens;

/// <summary>A tokenizer.json of the bytes and a few merges: "ab" is 256, "abc" 257, " a" 258, "é" 259, and "zzz" 260, to which no merge leads.</summary>
internal static class SmallBytePairs
{
    public const string Qwen = @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    public static JsonObject Json()
    {
        var vocabulary = new JsonObject();
        for (var value = 0; value < 256; value++)
        {
            vocabulary.Add(ByteLetters.Of((byte)value).ToString(), value);
        }

        foreach (var (text, token) in new[] { "ab", "abc", "Ġa", "Ã©", "zzz" }.Select((text, i) => (text, 256 + i)))
        {
            vocabulary.Add(text, token);
        }

        return new()
        {
            ["added_tokens"] = new JsonArray(Added("<|end|>", 261), Added("<t>", 262), Added("<t><t>", 263)),
            ["normalizer"] = new JsonObject { ["type"] = "NFC" },
            ["pre_tokenizer"] = new JsonObject
            {
                ["type"] = "Sequence",
                ["pretokenizers"] = new JsonArray(
                    new JsonObject { ["type"] = "Split", ["pattern"] = new JsonObject { ["Regex"] = Qwen }, ["behavior"] = "Isolated", ["invert"] = false },
                    new JsonObject { ["type"] = "ByteLevel", ["add_prefix_space"] = false, ["use_regex"] = false }),
            },
            ["decoder"] = new JsonObject { ["type"] = "ByteLevel" },
            ["model"] = new JsonObject
            {
                ["type"] = "BPE",
                ["vocab"] = vocabulary,
                ["merges"] = new JsonArray("a b", new JsonArray("ab", "c"), "Ġ a", "Ã ©"),
            },
        };
    }

    public static TemporaryFolder Folder(Action<JsonObject>? change = null)
    {
        var json = Json();
        change?.Invoke(json);
        return new TemporaryFolder().With("tokenizer.json", json.ToJsonString()).With("tokenizer_config.json", """{"eos_token": {"content": "<|end|>"}}""");
    }

    public static HuggingFaceTokenizer Read(Action<JsonObject>? change = null)
    {
        using var folder = Folder(change);
        return HuggingFaceTokenizer.Read(folder.Path);
    }

    private static JsonObject Added(string text, int token) => new()
    {
        ["id"] = token, ["content"] = text, ["single_word"] = false, ["lstrip"] = false, ["rstrip"] = false, ["normalized"] = false, ["special"] = true,
    };
}
