using System.Text.Json;
using System.Text.Json.Nodes;

namespace RewardServer.Training.Tokens;

/// <summary>The files of a <see cref="CharacterTokenizer"/>: <c>tokenizer.json</c> as Hugging Face's tokenizers writes it, and <c>tokenizer_config.json</c>.</summary>
internal static class CharacterTokenizerJson
{
    // What splits between any two characters; a dot would stop at line ends.
    private const string AnyCharacter = @"[\s\S]";

    /// <summary>Writes both.</summary>
    public static void Write(CharacterTokenizer tokenizer, string[] texts, string folder)
    {
        var special = 1 + tokenizer.Tags.Count;
        var file = new JsonObject
        {
            ["version"] = "1.0",
            ["truncation"] = null,
            ["padding"] = null,
            ["added_tokens"] = new JsonArray([.. texts.Take(special).Select((text, token) => Added(text, token))]),
            ["normalizer"] = null,
            ["pre_tokenizer"] = new JsonObject
            {
                ["type"] = "Split",
                ["pattern"] = new JsonObject { ["Regex"] = AnyCharacter },
                ["behavior"] = "Isolated",
                ["invert"] = false,
            },
            ["post_processor"] = null,
            ["decoder"] = new JsonObject { ["type"] = "Fuse" },
            ["model"] = new JsonObject
            {
                ["type"] = "WordLevel",
                ["vocab"] = new JsonObject(texts.Select((text, token) => KeyValuePair.Create(text, (JsonNode?)token))),
                // Not in the vocabulary, so that an unknown character is an error there as it is here.
                ["unk_token"] = "",
            },
        };
        var configuration = new JsonObject { ["tokenizer_class"] = "PreTrainedTokenizerFast", ["eos_token"] = tokenizer.EndOfTextText };
        File.WriteAllText(Path.Combine(folder, TokenizerFiles.Main), file.ToJsonString(Indented) + "\n");
        File.WriteAllText(Path.Combine(folder, TokenizerFiles.Configuration), configuration.ToJsonString(Indented) + "\n");
    }

    /// <summary>Reads them.</summary>
    public static CharacterTokenizer Read(string folder)
    {
        using var file = JsonFile.Open(folder, TokenizerFiles.Main);
        var model = file.Root.Member("model");
        var splits = file.Root.Member("pre_tokenizer");
        Expect(model.Member("type"), "WordLevel");
        Expect(splits.Member("type"), "Split");
        Expect(splits.Member("pattern").Member("Regex"), AnyCharacter);
        var special = file.Root.Member("added_tokens").Items().Select(token => (Text: token.Member("content").String(), Token: token.Member("id"))).ToArray();
        var texts = Vocabulary(model.Member("vocab"));
        if (special.Length == 0)
        {
            throw file.Root.Member("added_tokens").Wrong("lacks the token that ends texts");
        }

        for (var token = 0; token < special.Length; token++)
        {
            if (special[token].Token.Token() != token || token >= texts.Length || texts[token] != special[token].Text)
            {
                throw special[token].Token.Wrong($"must be {token}, as in the vocabulary: tags come first");
            }
        }

        if (texts.Skip(special.Length).FirstOrDefault(text => text.EnumerateRunes().Count() != 1) is { } longer)
        {
            throw model.Member("vocab").Wrong($"has \"{longer}\", which is not one character, and no added token");
        }

        try
        {
            return new(string.Concat(texts.Skip(special.Length)), [.. special.Skip(1).Select(pair => pair.Text)], special[0].Text);
        }
        catch (ArgumentException exception)
        {
            throw model.Member("vocab").Wrong(exception.Message);
        }
    }

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static JsonObject Added(string text, int token) => new()
    {
        ["id"] = token,
        ["content"] = text,
        ["single_word"] = false,
        ["lstrip"] = false,
        ["rstrip"] = false,
        ["normalized"] = false,
        // What is special is left out when tokens are read as text; tags are not.
        ["special"] = token == 0,
    };

    private static string[] Vocabulary(JsonPlace vocabulary)
    {
        var members = vocabulary.Members().ToArray();
        var texts = new string?[members.Length];
        foreach (var (member, text) in members.Zip(vocabulary.Element.EnumerateObject().Select(member => member.Name)))
        {
            var token = member.Token();
            if (token >= texts.Length || texts[token] is not null)
            {
                throw member.Wrong($"must be below {texts.Length}, and no other's");
            }

            texts[token] = text;
        }

        return texts!;
    }

    private static void Expect(JsonPlace place, string value)
    {
        if (place.String() != value)
        {
            throw place.Wrong($"must be \"{value}\" in a tokenizer of characters");
        }
    }
}
