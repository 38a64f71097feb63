namespace RewardServer.Training.Tokens;

/// <summary>What a <c>tokenizer.json</c> of byte pairs says. Whatever else it asks for is refused by its path: it would give wrong tokens.</summary>
internal sealed class HuggingFaceTokenizerJson
{
    private HuggingFaceTokenizerJson(JsonPlace root)
    {
        var model = root.Member("model");
        Vocabulary = ReadVocabulary(model);
        Merges = ReadMerges(model.Member("merges"), Vocabulary);
        WholeWords = model.Member("ignore_merges").IsTrue;
        Added = [.. root.Member("added_tokens").Items().Select(ReadAdded)];
        Composes = ReadNormalizer(root.Member("normalizer"));
        Splits = SplitsJson.Read(root.Member("pre_tokenizer"));
        CheckDecoder(root.Member("decoder"));
    }

    /// <summary>Tokens by their bytes' letters.</summary>
    public Dictionary<string, int> Vocabulary { get; }

    /// <summary>Pairs that merge, the first first: "a b".</summary>
    public IReadOnlyList<string> Merges { get; }

    /// <summary>Whether a part that is in the vocabulary is taken whole, though no merges may lead there.</summary>
    public bool WholeWords { get; }

    /// <summary>Tokens beside the vocabulary; whether they are looked for in what is normalised already.</summary>
    public IReadOnlyList<(string Text, int Token, bool Normalised)> Added { get; }

    /// <summary>Whether texts are brought into normalization form C.</summary>
    public bool Composes { get; }

    /// <summary>The patterns by which texts are split, each on what the one before left.</summary>
    public IReadOnlyList<PatternSplit> Splits { get; }

    /// <summary>Reads a folder's.</summary>
    public static HuggingFaceTokenizerJson Read(string folder)
    {
        using var file = JsonFile.Open(folder, TokenizerFiles.Main);
        return new(file.Root);
    }

    /// <summary>The token of a text: an added one, or one of the vocabulary; null if there is none.</summary>
    public int? Token(string text) =>
        Added.Where(token => token.Text == text).Select(token => (int?)token.Token).FirstOrDefault() ?? (Vocabulary.TryGetValue(text, out var token) ? token : null);

    private static Dictionary<string, int> ReadVocabulary(JsonPlace model)
    {
        if (model.Member("type").String() != "BPE")
        {
            throw model.Member("type").Wrong($"is \"{model.Member("type").String()}\"; BPE of bytes and WordLevel of characters are supported");
        }

        foreach (var name in new[] { "dropout", "unk_token", "continuing_subword_prefix", "end_of_word_suffix", "byte_fallback" })
        {
            var option = model.Member(name);
            var harmless = !option.IsThere || option.Element.ToString() is "" or "False" or "0" or "0.0"
                // With every byte in the vocabulary nothing is unknown.
                || name == "unk_token";
            if (!harmless)
            {
                throw option.Wrong($"is {option.Element.GetRawText()}, which is not supported");
            }
        }

        var place = model.Member("vocab");
        var vocabulary = place.Members().Zip(place.Element.EnumerateObject()).ToDictionary(pair => pair.Second.Name, pair => pair.First.Token(), StringComparer.Ordinal);
        for (var value = 0; value < 256; value++)
        {
            if (!vocabulary.ContainsKey(ByteLetters.Of((byte)value).ToString()))
            {
                throw place.Wrong($"lacks the byte {value} (\"{ByteLetters.Of((byte)value)}\"): it is no vocabulary of bytes");
            }
        }

        return vocabulary.Values.Distinct().Count() == vocabulary.Count ? vocabulary : throw place.Wrong("gives one number to two tokens");
    }

    private static string[] ReadMerges(JsonPlace place, Dictionary<string, int> vocabulary)
    {
        return [.. place.Items().Select(merge =>
        {
            var pair = merge.Element.ValueKind == System.Text.Json.JsonValueKind.Array ? [.. merge.Items().Select(part => part.String())] : merge.String().Split(' ');
            if (pair.Length != 2 || pair.Append(string.Concat(pair)).Any(part => !vocabulary.ContainsKey(part)))
            {
                throw merge.Wrong("must be two tokens of the vocabulary that make a third");
            }

            return $"{pair[0]} {pair[1]}";
        })];
    }

    private static (string Text, int Token, bool Normalised) ReadAdded(JsonPlace token)
    {
        foreach (var name in new[] { "single_word", "lstrip", "rstrip" })
        {
            if (token.Member(name).IsTrue)
            {
                throw token.Member(name).Wrong("is true, which is not supported");
            }
        }

        var text = token.Member("content").String();
        return text.Length > 0 ? (text, token.Member("id").Token(), token.Member("normalized").IsTrue) : throw token.Member("content").Wrong("is empty");
    }

    private static bool ReadNormalizer(JsonPlace normalizer) => !normalizer.IsThere ? false : normalizer.Member("type").String() switch
    {
        "NFC" => true,
        "Sequence" => normalizer.Member("normalizers").Items().Select(ReadNormalizer).ToArray().Any(composes => composes),
        var other => throw normalizer.Member("type").Wrong($"is \"{other}\"; NFC and none are supported"),
    };

    private static void CheckDecoder(JsonPlace decoder)
    {
        if (decoder.Member("type").String() is var type && type != "ByteLevel")
        {
            throw decoder.Member("type").Wrong($"is \"{type}\"; ByteLevel is supported");
        }
    }
}
