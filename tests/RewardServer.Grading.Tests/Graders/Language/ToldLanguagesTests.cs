namespace RewardServer.Grading.Tests.Graders.Language;

public sealed class ToldLanguagesTests(SharedSandbox sandbox)
{
    private static readonly string[] Latin = ["en", "de", "fr", "es"];

    [Theory]
    [InlineData("我们需要证明这个结论。証明を始めましょう。", "zh", 10)]
    [InlineData("我们需要证明这个结论。証明を始めましょう。", "ja", 9)]
    [InlineData("昨日、東京都、大阪に行きました。", "ja", 13)]
    [InlineData("問題解析\n次の問題を解いてください。", "ja", 16)]
    [InlineData("対応検討", "ja", 4)]
    [InlineData("我们の答案是这个问题的结果", "zh", 13)]
    [InlineData("我們需要證明這個結論。", "zh-Hant", 10)]
    [InlineData("我們需要證明這個結論。", "zh-Hans", 0)]
    [InlineData("我们需要证明这个结论。", "zh-Hans", 10)]
    [InlineData("我们需要证明这个结论。", "zh-Hant", 0)]
    [InlineData("三加四是七", "zh-Hans", 5)]
    [InlineData("三加四是七", "zh-Hant", 5)]
    [InlineData("한국어 漢字 단어", "ko", 7)]
    [InlineData("ми знаємо, що відповідь п'ять", "ru", 0)]
    [InlineData("мы знаем, что ответ пять", "ru", 5)]
    [InlineData("پاسخ این است که پنج درست است", "ar", 0)]
    [InlineData("η απάντηση είναι πέντε", "en", 0)]
    public async Task Languages_that_share_a_script_are_told_apart(string text, string target, int words) =>
        Assert.Equal(words, (await Thinking.CountAsync(sandbox, text, target)).Target);

    [Theory]
    [InlineData("Zuerst müssen wir beide Zahlen addieren.", "de")]
    [InlineData("First we have to add both of the numbers.", "en")]
    [InlineData("Il faut d'abord additionner les deux nombres.", "fr")]
    [InlineData("Primero hay que sumar los dos números.", "es")]
    public async Task Latin_script_languages_are_told_apart_by_sentences(string sentence, string language)
    {
        foreach (var target in Latin)
        {
            var (words, all) = await Thinking.CountAsync(sandbox, sentence, target, Latin);
            Assert.Equal(target == language ? all : 0, words);
        }
    }

    [Fact]
    public async Task A_mix_of_them_is_told_sentence_by_sentence() =>
        Assert.Equal((6, 15), await Thinking.CountAsync(sandbox, "Zuerst müssen wir beide Zahlen addieren. Then we have to divide the sum by three.", "de", Latin));

    [Fact]
    public async Task A_word_or_two_is_of_the_language_around() =>
        Assert.Equal((14, 14), await Thinking.CountAsync(sandbox, "Zuerst müssen wir beide Zahlen addieren. Moment. Wir haben vergessen, die Summe zu teilen.", "de", Latin));

    [Fact]
    public async Task Without_other_Latin_languages_every_Latin_word_is_English() =>
        Assert.Equal((6, 6), await Thinking.CountAsync(sandbox, "Zuerst müssen wir beide Zahlen addieren.", "en"));

    [Fact]
    public async Task English_never_passes_for_the_only_Latin_language_that_is_configured() =>
        Assert.Equal((0, 9), await Thinking.CountAsync(sandbox, "First we have to add both of the numbers.", "de"));

    [Fact]
    public async Task Letters_that_are_written_apart_from_their_marks_are_known() =>
        Assert.Equal((6, 6), await Thinking.CountAsync(sandbox, "Zuerst mu\u0308ssen wir beide Zahlen addieren.", "de", Latin));

    [Theory]
    [InlineData("Zuerst müssen wir beide Zahlen addieren.", "de")]
    [InlineData("Il faut d'abord additionner les deux nombres.", "fr")]
    public async Task A_prompt_in_a_configured_language_tells_the_target(string prompt, string target)
    {
        var verdict = await Thinking.GradeAsync(sandbox, Thinking.Of("", prompt), """{"languages":["en","de","fr","es"]}""");
        Assert.Equal(target, ((Grading.Graders.Language.LanguageDetails)verdict.Details!).Target);
    }
}
