using Lingua;
using RewardServer.Grading.Graders.Language;

namespace RewardServer.Grading.Tests.Graders.Language;

public sealed class LetterModelsTests(SharedSandbox sandbox)
{
    [Theory]
    [InlineData("The sum of the first ten integers is fifty five", "en")]
    [InlineData("Die Summe der ersten zehn ganzen Zahlen ist fünfundfünfzig", "de")]
    [InlineData("La somme des dix premiers entiers est égale à cinquante-cinq", "fr")]
    [InlineData("La suma de los diez primeros números enteros es cincuenta y cinco", "es")]
    [InlineData("La somma dei primi dieci numeri interi è cinquantacinque", "it")]
    [InlineData("A soma dos dez primeiros números inteiros não é quarenta", "pt")]
    [InlineData("De som van de eerste tien gehele getallen is vijfenvijftig", "nl")]
    [InlineData("Suma pierwszych dziesięciu liczb całkowitych wynosi pięćdziesiąt pięć", "pl")]
    [InlineData("İlk on tam sayının toplamı elli beş eder", "tr")]
    [InlineData("Tổng của mười số nguyên đầu tiên là năm mươi lăm", "vi")]
    public async Task A_sentence_is_of_the_language_that_Linguas_own_detector_tells(string sentence, string tag)
    {
        var detector = LanguageDetectorBuilder
            .FromLanguages(Lingua.Language.English, Lingua.Language.German, Lingua.Language.French, Lingua.Language.Spanish, Lingua.Language.Italian, Lingua.Language.Portuguese,
                Lingua.Language.Dutch, Lingua.Language.Polish, Lingua.Language.Turkish, Lingua.Language.Vietnamese)
            .WithLowAccuracyMode().Build();
        var options = """{"target":"en","languages":["en","de","fr","es","it","pt","nl","pl","tr","vi"]}""";
        var found = (LanguageDetails)(await Thinking.GradeAsync(sandbox, Thinking.Of(sentence), options)).Details!;
        Assert.Equal(tag, Assert.Single(found.Languages).Language);
        Assert.Equal(tag, detector.DetectLanguageOf(sentence).IsoCode6391().ToString(), ignoreCase: true);
    }

    [Fact]
    public async Task Words_too_short_for_a_model_are_of_no_language() =>
        Assert.Equal((0, 3), await Thinking.CountAsync(sandbox, "zu da im", "de"));
}
