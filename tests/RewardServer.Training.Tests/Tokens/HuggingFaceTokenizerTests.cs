using System.Text.Json.Nodes;
using RewardServer.Training.Tokens;

namespace RewardServer.Training.Tests.Tokens;

public sealed class HuggingFaceTokenizerTests
{
    [Theory]
    [InlineData("abc", new int[] { 257 })]
    [InlineData("abcab", new int[] { 257, 256 })]
    [InlineData("bab", new int[] { 'b', 256 })]
    [InlineData("x ab", new int[] { 'x', ' ', 256 })]
    [InlineData("x a", new int[] { 'x', 258 })]
    [InlineData("e\u0301", new int[] { 259 })]
    [InlineData("zzz", new int[] { 'z', 'z', 'z' })]
    [InlineData("a<t><t><t>b", new int[] { 'a', 263, 262, 'b' })]
    [InlineData("a1b", new int[] { 'a', '1', 'b' })]
    [InlineData("", new int[0])]
    public void Pairs_merge_in_their_order_within_parts(string text, int[] tokens) =>
        Assert.Equal(tokens, SmallBytePairs.Read().Encode(text));

    [Fact]
    public void A_part_of_the_vocabulary_is_taken_whole_where_the_file_says_so() =>
        Assert.Equal([260], SmallBytePairs.Read(json => json["model"]!["ignore_merges"] = true).Encode("zzz"));

    [Fact]
    public void Bytes_that_are_no_text_are_replaced_and_ends_left_out()
    {
        var tokenizer = SmallBytePairs.Read();
        Assert.Equal(261, tokenizer.EndOfText);
        Assert.Equal(264, tokenizer.VocabularySize);
        Assert.Equal("\uFFFDab<t>", tokenizer.Decode([0xC3, 256, 262, 261, 5000]));
    }

    [Fact]
    public void Half_a_surrogate_pair_is_named_with_its_place() =>
        Assert.Contains("(U+DC00) at 2", Assert.Throws<ArgumentException>(() => SmallBytePairs.Read().Encode("ab\udc00")).Message, StringComparison.Ordinal);

    [Fact]
    public void Characters_of_two_halves_are_split_by_their_category()
    {
        // Letters of mathematics are letters, though .NET's patterns take their halves for none: a space before joins them, a digit does not.
        var split = new PatternSplit(SmallBytePairs.Qwen);
        Assert.Equal([" 𝐀𝐁", "𝟙", "𝟚", " 😀", "𠮷", "'ſ"], split.Split(" 𝐀𝐁𝟙𝟚 😀𠮷'ſ"));
    }

    [Theory]
    [InlineData(@"\p{Han}+")]
    [InlineData(@"\w+")]
    [InlineData(@"a++")]
    [InlineData(@"[a&&b]")]
    [InlineData(@"[[:alpha:]]")]
    [InlineData(@"^a")]
    [InlineData(@"(?m:a)")]
    public void A_pattern_that_NET_reads_otherwise_is_refused(string pattern) => Assert.Throws<ArgumentException>(() => new PatternSplit(pattern));

    [Theory]
    [InlineData("model.type", "\"Unigram\"", "$.model.type")]
    [InlineData("model.byte_fallback", "true", "$.model.byte_fallback")]
    [InlineData("model.dropout", "0.1", "$.model.dropout")]
    [InlineData("model.continuing_subword_prefix", "\"##\"", "$.model.continuing_subword_prefix")]
    [InlineData("model.merges", "[\"a q\"]", "$.model.merges[0]")]
    [InlineData("model.merges", "[\"a b c\"]", "$.model.merges[0]")]
    [InlineData("model.vocab", "{\"a\": 0}", "$.model.vocab")]
    [InlineData("normalizer", "{\"type\": \"NFKC\"}", "$.normalizer.type")]
    [InlineData("normalizer", "{\"type\": \"Sequence\", \"normalizers\": [{\"type\": \"Lowercase\"}]}", "$.normalizer.normalizers[0].type")]
    [InlineData("pre_tokenizer", "{\"type\": \"Whitespace\"}", "$.pre_tokenizer")]
    [InlineData("pre_tokenizer", "{\"type\": \"ByteLevel\", \"add_prefix_space\": true}", "$.pre_tokenizer.add_prefix_space")]
    [InlineData("added_tokens", "[{\"id\": 2000000000, \"content\": \"x\"}]", "$.added_tokens[0].id")]
    [InlineData("decoder", "{\"type\": \"Metaspace\"}", "$.decoder.type")]
    [InlineData("added_tokens", "[{\"id\": 261, \"content\": \"x\", \"lstrip\": true}]", "$.added_tokens[0].lstrip")]
    public void What_is_not_supported_is_refused_by_its_path(string member, string value, string named)
    {
        var exception = Assert.Throws<InvalidDataException>(() => SmallBytePairs.Read(json =>
        {
            var path = member.Split('.');
            var owner = path.Length == 2 ? json[path[0]]! : json;
            owner[path[^1]] = JsonNode.Parse(value);
        }));
        Assert.StartsWith("tokenizer.json: " + named, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void GPT_2s_own_split_and_digits_are_read()
    {
        var tokenizer = SmallBytePairs.Read(json => json["pre_tokenizer"] = JsonNode.Parse(
            """{"type": "Sequence", "pretokenizers": [{"type": "Digits", "individual_digits": true}, {"type": "ByteLevel", "add_prefix_space": false}]}"""));
        Assert.Equal(['x', 258, '1', '2', '!', '!'], tokenizer.Encode("x a12!!"));
    }

    [Theory]
    [InlineData("generation_config.json", """{"eos_token_id": [262, 261]}""", 262)]
    [InlineData("config.json", """{"eos_token_id": 263}""", 263)]
    public void What_ends_texts_is_found_in_other_files_too(string name, string content, int token)
    {
        using var folder = SmallBytePairs.Folder().With("tokenizer_config.json", "{}").With(name, content);
        Assert.Equal(token, HuggingFaceTokenizer.Read(folder.Path).EndOfText);
    }

    [Fact]
    public void An_end_that_is_not_known_is_an_error()
    {
        using var folder = SmallBytePairs.Folder().With("tokenizer_config.json", """{"eos_token": "<none>"}""");
        Assert.Contains("$.eos_token is \"<none>\"", Assert.Throws<InvalidDataException>(() => HuggingFaceTokenizer.Read(folder.Path)).Message, StringComparison.Ordinal);
        folder.With("tokenizer_config.json", "{}").With("config.json", """{"eos_token_id": 264}""");
        Assert.Contains("has no token 264", Assert.Throws<InvalidDataException>(() => HuggingFaceTokenizer.Read(folder.Path)).Message, StringComparison.Ordinal);
        folder.With("config.json", "{}");
        Assert.Contains("$.eos_token is missing", Assert.Throws<InvalidDataException>(() => HuggingFaceTokenizer.Read(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_written_reads_as_the_same_tokenizer()
    {
        using var source = SmallBytePairs.Folder();
        using var copy = new TemporaryFolder();
        HuggingFaceTokenizer.Read(source.Path).Write(copy.Path);
        var read = Assert.IsType<HuggingFaceTokenizer>(TokenizerFiles.Read(copy.Path));
        Assert.Equal([257, 262], read.Encode("abc<t>"));
    }
}
