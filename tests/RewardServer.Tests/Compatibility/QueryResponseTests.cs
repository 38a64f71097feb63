using RewardServer.Compatibility;
using RewardServer.Compatibility.OpenRlhf;

namespace RewardServer.Tests.Compatibility;

public sealed class QueryResponseTests
{
    private const string Prompt = "<|im_start|>user\nWhat is 2+3? Think step by step, and box what you find at the end.<|im_end|>\n<|im_start|>assistant\n<think>\n";

    [Theory]
    [InlineData("", "")]
    [InlineData("<|begin_of_text|>", "<|eot_id|>")]
    [InlineData("<s> ", "</s>")]
    [InlineData("<pad><pad><bos>", "<end_of_turn>\n<eos>")]
    [InlineData("<｜begin▁of▁sentence｜>", "<｜end▁of▁sentence｜>")]
    [InlineData("<|endoftext|><|endoftext|>", "<|im_end|>\n<|endoftext|><|endoftext|>")]
    public void The_response_is_what_follows_the_prompt_without_special_tokens(string before, string after) =>
        Assert.Equal("I see.</think> 5", QueryResponse.Of(before + Prompt + "I see.</think> 5" + after, Prompt));

    [Fact]
    public void What_the_response_says_of_its_prompt_and_of_special_tokens_within_is_kept() =>
        Assert.Equal($"a <|im_end|> b {Prompt} c", QueryResponse.Of($"{Prompt}a <|im_end|> b {Prompt} c<|im_end|>", Prompt));

    [Fact]
    public void White_space_of_the_response_is_kept() =>
        Assert.Equal("\n  x = 1\n\n", QueryResponse.Of(Prompt + "\n  x = 1\n\n", Prompt));

    [Fact]
    public void Of_a_query_that_does_not_hold_its_prompt_nobody_knows_the_response() =>
        Assert.Null(QueryResponse.Of("<s>all of this</s>", "something else"));

    [Fact]
    public void Without_a_prompt_the_query_is_taken_whole() =>
        Assert.Equal("all of this", QueryResponse.Of("<s>all of this</s>", ""));

    [Fact]
    public void A_prompt_that_lost_its_beginning_for_its_length_is_known_by_its_end()
    {
        var prompt = new string('x', 10_000) + Prompt;
        Assert.Equal("5", QueryResponse.Of(prompt[5_000..] + "5", prompt));
        Assert.Equal("5", QueryResponse.Of(Prompt[^40..] + "5", Prompt));
    }

    [Fact]
    public void A_prompt_in_which_the_tokenizer_changed_a_character_is_known_by_its_end() =>
        Assert.Equal("5", QueryResponse.Of("caf\u00e9 " + Prompt + "5", "cafe\u0301 " + Prompt));

    [Fact]
    public void A_response_cannot_choose_where_it_begins()
    {
        var query = "another prompt" + new string('y', 1000) + Prompt + "5";
        Assert.Null(QueryResponse.Of(query, "not " + Prompt));
    }

    [Theory]
    [InlineData("2+3?", "4+4?")]
    [InlineData("Again.", "Again.")]
    public void Turns_of_the_prompt_that_end_as_it_does_are_no_response(string first, string second)
    {
        const string Opening = "<|im_end|>\n<|im_start|>assistant\n";
        string Turns(string accent) => $"{accent}<|im_start|>user\n{first}{Opening}5<|im_end|>\n{accent}<|im_start|>user\n{second}{Opening}";
        var (prompt, changed) = (Turns("cafe\u0301"), Turns("caf\u00e9"));
        Assert.Equal("8", QueryResponse.Of(changed + "8<|im_end|>", prompt));
        // Nor is what the response repeats of it its beginning.
        Assert.Equal("8" + Opening + "9", QueryResponse.Of(changed + "8" + Opening + "9", prompt));
        Assert.Equal("8", QueryResponse.Of(prompt[9..] + "8", prompt));
    }

    [Fact]
    public void Special_tokens_alone_are_nothing() => Assert.Equal("", SpecialTokens.Strip("<s><pad></s><|im_end|>"));
}
