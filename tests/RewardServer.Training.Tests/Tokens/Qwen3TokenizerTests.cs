using FsCheck;
using FsCheck.Fluent;
using RewardServer.Grading.Completions;
using RewardServer.Training.Tokens;
using RewardServer.Training.Tokens.Unicode;

namespace RewardServer.Training.Tests.Tokens;

/// <summary>Qwen3's own tokenizer, as it is given out.</summary>
public sealed class Qwen3TokenizerTests(Qwen3TokenizerTests.Fetched fetched) : IClassFixture<Qwen3TokenizerTests.Fetched>
{
    private HuggingFaceTokenizer Tokenizer => fetched.Tokenizer ?? throw new InvalidOperationException("Ask Need first.");

    [Theory]
    [InlineData("Hello, world!", new[] { 9707, 11, 1879, 0 })]
    [InlineData("1234", new[] { 16, 17, 18, 19 })]
    [InlineData("<think>\n\n</think>", new[] { 151667, 271, 151668 })]
    [InlineData("<|im_start|>user<|im_end|>", new[] { 151644, 872, 151645 })]
    public void Known_texts_have_their_known_tokens(string text, int[] tokens)
    {
        Need();
        Assert.Equal(tokens, Tokenizer.Encode(text));
    }

    [Fact]
    public void Any_text_has_the_tokens_that_the_files_own_merges_give()
    {
        Need();
        string[] parts =
        [
            " ", "  ", "\n", "\r\n", "\t", "\u00A0", "\u3000", "a", "The", " quick", "ing", "'s", "'RE", "'ſ", "1", "23", "٣", "½", "𝟚", "𝐀", "é", "e\u0301", "ß", "Ж", "数学",
            "𠮷", "한", "\u1112\u1161", "😀", "👨‍👩‍👧", "!", "...", " =", "\\frac{1}{2}", "$x^2$", "\u0000", "\u200B", "\uFFFD", "क्षि", "<think>", "<|im", "\U000E0041",
        ];
        var texts = Gen.Elements(parts).ArrayOf().Select(string.Concat);
        var reference = fetched.Reference!;
        Prop.ForAll(texts.ToArbitrary(), text =>
        {
            Assert.Equal(text.Split("<think>").Select(reference.Encode).Aggregate((before, after) => [.. before, 151667, .. after]), Tokenizer.Encode(text));
            Assert.Equal(CanonicalComposition.Of(text), Tokenizer.Decode(Tokenizer.Encode(text)));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Ends_and_vocabulary_are_Qwens()
    {
        Need();
        Assert.Equal(151645, Tokenizer.EndOfText);
        Assert.Equal(151669, Tokenizer.VocabularySize);
        Assert.Equal("Hello", Tokenizer.Decode([9707, 151645]));
    }

    [Fact]
    public void Its_chat_template_is_recognised()
    {
        Need();
        ChatMessage[] chat = [new("system", "Be brief."), new("user", "Hi"), new("assistant", "<think>\nhm\n</think>\n\nHello"), new("user", "1+1?")];
        const string Written = "<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\nHello<|im_end|>\n<|im_start|>user\n1+1?<|im_end|>\n";
        var template = ChatTemplate.Read(Tokenizer.Folder);
        Assert.Equal(Written, template.Render(chat, open: false));
        Assert.Equal(Written + "<|im_start|>assistant\n", template.Render(chat));
        Assert.Equal(Written + "<|im_start|>assistant\n<think>\n\n</think>\n\n", template.Render(chat, thinking: false));
        Assert.Equal("<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n<think>\nhm\n</think>\n\nHello<|im_end|>\n", template.Render(chat[1..3], open: false));
        Assert.Equal("<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\nHo<|im_end|>\n", template.Render([chat[1], new("assistant", "Ho")], open: false));
    }

    private void Need() => Assert.SkipWhen(fetched.Tokenizer is null, "QWEN3_TOKENIZER names no folder with Qwen3's tokenizer.json: it could not be fetched");

    public sealed class Fetched
    {
        public Fetched()
        {
            if (Environment.GetEnvironmentVariable("QWEN3_TOKENIZER") is { Length: > 0 } folder)
            {
                Tokenizer = HuggingFaceTokenizer.Read(folder);
                Reference = BytePairReference.Read(folder);
            }
        }

        public HuggingFaceTokenizer? Tokenizer { get; }

        internal BytePairReference? Reference { get; }
    }
}
