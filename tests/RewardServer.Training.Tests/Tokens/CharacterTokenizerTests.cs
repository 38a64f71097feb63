using FsCheck;
using FsCheck.Fluent;
using RewardServer.Training.Tokens;

namespace RewardServer.Training.Tests.Tokens;

public sealed class CharacterTokenizerTests
{
    private static readonly string[] Tags = ["<think>", "</think>", "<think><think>"];

    private static CharacterTokenizer Tokenizer => new("abc 0123+=\n𝄞é<>/thikn", Tags);

    [Fact]
    public void Every_text_of_the_alphabet_and_the_tags_comes_back()
    {
        string[] parts = [.. Tags, "a", "b", "𝄞", "\n", "<", ">", "é", "think", " "];
        var texts = Gen.Elements(parts).ArrayOf().Select(string.Concat);
        Prop.ForAll(texts.ToArbitrary(), text => Tokenizer.Decode(Tokenizer.Encode(text)) == text).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_tag_is_one_token_and_the_longer_of_two_is_read() =>
        Assert.Equal([1, 4, 2, 3], Tokenizer.Encode("<think>a</think><think><think>"));

    [Fact]
    public void What_ends_texts_is_read_and_left_out()
    {
        Assert.Equal([4, 0, 5], Tokenizer.Encode("a<|endoftext|>b"));
        Assert.Equal("ab", Tokenizer.Decode([4, 0, 5]));
    }

    [Theory]
    [InlineData("ab𝄞z", "'z' (U+007A) at 4")]
    [InlineData("<think>\t", "U+0009 at 7")]
    public void A_character_that_is_not_there_is_named_with_its_place(string text, string named) =>
        Assert.Contains(named, Assert.Throws<ArgumentException>(() => Tokenizer.Encode(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Half_a_surrogate_pair_is_named_with_its_place() =>
        Assert.Contains("(U+D834) at 1", Assert.Throws<ArgumentException>(() => Tokenizer.Encode("a\ud834")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_character_that_is_there_twice_is_refused() =>
        Assert.Contains("'h' (U+0068) twice", Assert.Throws<ArgumentException>(() => new CharacterTokenizer("hah")).Message, StringComparison.Ordinal);

    [Fact]
    public void Tags_that_are_alike_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new CharacterTokenizer("a", ["<x>", "<x>"]));
        Assert.Throws<ArgumentException>(() => new CharacterTokenizer("a", [""]));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(99)]
    public void A_token_that_is_none_is_refused(int token) => Assert.Throws<ArgumentOutOfRangeException>(() => Tokenizer.Decode([token]));

    [Fact]
    public void What_was_written_reads_as_the_same_tokenizer()
    {
        using var folder = new TemporaryFolder();
        Tokenizer.Write(folder.Path);
        var read = Assert.IsType<CharacterTokenizer>(TokenizerFiles.Read(folder.Path));
        Assert.Equal(Tokenizer.Alphabet, read.Alphabet);
        Assert.Equal(Tags, read.Tags);
        Assert.Equal(Tokenizer.VocabularySize, read.VocabularySize);
        Assert.Equal(Tokenizer.Encode("<think>1+2=3\n𝄞</think>"), read.Encode("<think>1+2=3\n𝄞</think>"));
    }

    [Theory]
    [InlineData("\"WordLevel\"", "\"Unigram\"", "$.model.type")]
    [InlineData("\"Split\"", "\"Whitespace\"", "$.pre_tokenizer.type")]
    [InlineData("\"a\": 4", "\"a\": 5", "$.model.vocab")]
    [InlineData("\"a\": 4", "\"a\": 400", "$.model.vocab.a")]
    [InlineData("\"a\": 4", "\"aa\": 4", "is not one character")]
    [InlineData("\"id\": 1", "\"id\": 2", "$.added_tokens[1].id")]
    public void A_file_that_contradicts_itself_is_refused_by_its_path(string right, string wrong, string named)
    {
        using var folder = new TemporaryFolder();
        Tokenizer.Write(folder.Path);
        var text = File.ReadAllText(folder.File("tokenizer.json"));
        Assert.Contains(right, text, StringComparison.Ordinal);
        folder.With("tokenizer.json", text.Replace(right, wrong, StringComparison.Ordinal));
        Assert.Contains(named, Assert.Throws<InvalidDataException>(() => CharacterTokenizer.Read(folder.Path)).Message, StringComparison.Ordinal);
    }
}
