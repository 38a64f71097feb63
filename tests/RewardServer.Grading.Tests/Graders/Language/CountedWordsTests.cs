using RewardServer.Grading.Graders.Language;

namespace RewardServer.Grading.Tests.Graders.Language;

public sealed class CountedWordsTests(SharedSandbox sandbox)
{
    [Theory]
    [InlineData("don't stop well-known words", 5)]
    [InlineData("the rock ’n’ roll", 3)]
    [InlineData("let x and y be n", 3)]
    [InlineData("the 2nd of 3 is 4.5 or 1,000", 5)]
    [InlineData("ｆｕｌｌ ｗｉｄｔｈ", 2)]
    [InlineData("so ໑໒໓ ១២៣ ၁၂၃ ႐႑ ၊ ။ ។ ៕ it is", 3)]
    [InlineData("cafe\u0301 nai\u0308ve", 2)]
    [InlineData("𝐇𝐞𝐥𝐥𝐨 𝓌ℴ𝓇𝓁𝒹", 2)]
    [InlineData("<b>bold</b> and </step> so <|im_end|>", 3)]
    [InlineData("see https://example.com/a/very/long?path=of#words here", 2)]
    [InlineData("see www.example.com/words here", 2)]
    [InlineData("the `print(value)` and ``a ` tick`` call", 3)]
    [InlineData("so $\\frac{first}{second}$ and $$\\sum_{index} value$$ and \\(mean = total\\) and \\[ area \\] hold", 5)]
    [InlineData("thus \\begin{align*} left &= right \\end{align*} holds", 2)]
    [InlineData("so \\boxed{five} and \\alpha", 3)]
    [InlineData("look\n```python\nfor item in values:\n    print(item)\n```\nthere", 2)]
    [InlineData("look\n~~~\ncode(here)\n~~~\nthere", 2)]
    public async Task Words_are_counted_and_what_is_none_is_not(string text, int words) =>
        Assert.Equal((words, words), await Thinking.CountAsync(sandbox, text, "en"));

    [Theory]
    [InlineData("ភាសាខ្មែរ", 5)]
    [InlineData("ພາສາລາວ", 7)]
    [InlineData("ພາສາລາວ ໑໒໓", 7)]
    [InlineData("ភាសាខ្មែរ។ ១២៣ ៚", 5)]
    [InlineData("မြန်မာ၊ ၁၂၃။", 3)]
    [InlineData("so the sum $x = ភាសាខ្មែរ$ is", 4, 5)]
    [InlineData("so the sum $x = αβ + Δx = λόγος$ is", 4, 1)]
    [InlineData("so the sum $\\text{αυτό είναι λάθος} = 5$ is", 4, 3)]
    public async Task What_is_foreign_counts_against_the_share_wherever_it_hides(string text, int foreign, int more = 0) =>
        Assert.Equal(more == 0 ? (0, foreign) : (foreign, foreign + more), await Thinking.CountAsync(sandbox, text, "en"));

    [Theory]
    [InlineData("这是我想的。<think>five it is</think>5", 3, 8)]
    [InlineData("Five. <think>five it is</think>5", 4, 4)]
    [InlineData("\n<think>five it is</think>5", 3, 3)]
    [InlineData("five it is</think>5 <think>是</think>", 3, 4)]
    public async Task What_is_said_before_the_thinking_counts_as_thinking(string completion, int english, int all)
    {
        var found = (LanguageDetails)(await Thinking.GradeAsync(sandbox, Items.Math(completion, "5", "?"), """{"target":"en"}""")).Details!;
        Assert.Equal((english, all), (found.TargetWords, found.Words));
    }

    [Theory]
    [InlineData("これはカタカナとﾊﾝｶｸです", "ja", 14)]
    [InlineData("𠮷野家", "zh", 3)]
    [InlineData("\u1112\u1161\u11ab글", "ko", 2)]
    [InlineData("น้ำ", "th", 2)]
    [InlineData("क्षत्रिय है", "hi", 2)]
    [InlineData("مُحَمَّد هنا", "ar", 2)]
    [InlineData("в лесу и я", "ru", 4)]
    public async Task Where_there_are_no_words_characters_are_counted(string text, string target, int words) =>
        Assert.Equal((words, words), await Thinking.CountAsync(sandbox, text, target));

    [Theory]
    [InlineData("costs $5 and then $6 more words here", 6)]
    [InlineData("from $5 to $6 it rises", 4)]
    [InlineData("an open $x and then the rest", 6)]
    [InlineData("an open $$ and then the rest", 6)]
    [InlineData("an open \\[ and then the rest", 6)]
    [InlineData("an open ` and then the rest", 6)]
    [InlineData("an open\n```python\nand then the rest", 7)]
    [InlineData("an open\n```\nand then\n```python\nfoo(bar)\n```\nthe rest", 6)]
    [InlineData("an open \\begin{align} and then the rest", 6)]
    [InlineData("an open <tag and then the rest", 7)]
    [InlineData("one $x\n\ny$ more", 2)]
    public async Task What_opens_and_never_closes_hides_nothing(string text, int words) =>
        Assert.Equal((words, words), await Thinking.CountAsync(sandbox, text, "en"));

    [Theory]
    [InlineData("$I think that the answer must surely be five$")]
    [InlineData("$$I think that the answer must surely be five$$")]
    [InlineData("\\text{I} $\\text{think that the answer must surely be five because it fits}$")]
    [InlineData("```\nFirst I think about the question. Then I say that the answer must be five.\n```")]
    [InlineData("```python\nFirst I think about the question. Then I say that the answer must be five.\n```")]
    [InlineData("`First I think about the question. Then I say that the answer must be five.`")]
    public async Task Sentences_between_marks_of_code_or_mathematics_are_counted(string hidden)
    {
        var (target, all) = await Thinking.CountAsync(sandbox, $"好的。\n{hidden}\n好的。", "zh");
        Assert.Equal(4, target);
        Assert.InRange(all, 11, 20);
    }

    [Theory]
    [InlineData("$我们需要计算$", 7)]
    [InlineData("`我们需要计算`", 7)]
    [InlineData("$$x = \\text{我们} + y$$", 3)]
    [InlineData("\\(\\text{сумма двух чисел} = x\\)", 4)]
    [InlineData("`합계` $รวม$ \\[مجموع\\] `योग`", 8)]
    [InlineData("\\我", 2)]
    [InlineData("$\\alpha + 𝐚𝐛 = total$", 1)]
    public async Task Letters_that_name_nothing_in_formulas_and_code_are_counted_there(string hidden, int all) =>
        Assert.Equal((1, all), await Thinking.CountAsync(sandbox, $"ok {hidden}", "en"));

    [Theory]
    [InlineData("</think><think>我们需要计算")]
    [InlineData("</think>5<think>我们</think>6<think>需要计算")]
    public async Task Every_thinking_is_counted(string later) =>
        Assert.Equal((1, 7), await Thinking.CountAsync(sandbox, $"ok{later}", "en"));

    [Fact]
    public async Task A_long_thinking_within_backticks_is_counted() =>
        Assert.Equal((1, 241), await Thinking.CountAsync(sandbox, $"ok `{new string('好', 240)}`", "en"));

    [Fact]
    public async Task An_address_hides_no_thinking() =>
        Assert.InRange((await Thinking.CountAsync(sandbox, $"好的 http://{string.Join('/', Enumerable.Repeat("think", 100))}", "zh")).All, 50, 100);

    [Theory]
    [InlineData("h\u200Be\u200Bl\u200Blo wo\u00ADrld", 0, 2)]
    [InlineData("\u202Ehello\u202C \u2066world\u2069", 0, 2)]
    [InlineData("hеllо wоrld", 0, 2)]
    [InlineData("при\u0301вет пр\u200Bивет", 2, 2)]
    public async Task Characters_that_nobody_sees_and_letters_that_look_alike_make_no_Russian_of_English(string text, int target, int all) =>
        Assert.Equal((target, all), await Thinking.CountAsync(sandbox, text, "ru"));

    [Fact]
    public async Task Letters_of_two_scripts_in_one_make_no_word_of_either() =>
        Assert.Equal((1, 3), await Thinking.CountAsync(sandbox, "hеllо wоrld again", "en"));

    [Fact]
    public async Task Encoded_data_and_words_without_end_are_words_of_no_language()
    {
        Assert.Equal((1, 2), await Thinking.CountAsync(sandbox, "see QWxhZGRpbjpvcGVuIHNlc2FtZQQWxhZGRpbjpvcGVuIHNlc2FtZQ0123456789+/Aa==", "en"));
        Assert.Equal((1, 2), await Thinking.CountAsync(sandbox, $"see {new string('a', 500)}", "en"));
    }

    [Fact]
    public async Task Words_that_are_said_again_count_again() =>
        Assert.Equal((1000, 1001), await Thinking.CountAsync(sandbox, string.Concat(Enumerable.Repeat("好", 1000)) + " good", "zh"));
}
