namespace RewardServer.Symbolics.Tests;

public sealed class Units_and_percentages
{
    [Fact]
    public void A_unit_may_be_left_out_or_added() => Verdicts.AllEqual(
        ("18", "18 dollars"), ("18", "\\$18"), ("18", "$18"), ("\\$18", "18"), ("18", "$18 dollars"), ("18", "€18"), ("5", "5\\text{ cm}"),
        ("12", "12 \\mathrm{km/h}"), ("3", "3 apples"), ("3 apples", "3"), ("5", "5\\,\\mathrm{m}"), ("45", "45^\\circ"), ("45", "45°"), ("-5", "-\\$5"));

    [Fact]
    public void Two_units_must_be_the_same() => Verdicts.NoneEqual(
        ("5 cm", "5\\text{ m}"), ("5\\text{ cm}", "5\\text{ m}"), ("5\\text{ cm}^2", "5\\text{ cm}"), ("\\$5", "€5"), ("45^\\circ", "45\\%"));

    [Fact]
    public void One_unit_has_many_spellings() => Verdicts.AllEqual(
        ("5 cm", "5 centimeters"), ("440\\text{ cm}^2", "440 square centimeters"), ("45\\text{ mph}", "45 miles per hour"),
        ("45^\\circ", "45 degrees"), ("25\\%", "25 percent"), ("3 feet", "3\\text{ ft}"), ("9\\text{ a.m.}", "9 am"));

    [Fact]
    public void A_percentage_is_its_number_or_its_hundredth() =>
        Verdicts.AllEqual(("25", "25\\%"), ("0.25", "25\\%"), ("25%", "25"), ("25%", "\\frac14"), ("25\\%", "25%"));

    [Fact]
    public void A_percentage_is_nothing_else() =>
        Verdicts.NoneEqual(("25%", "26"), ("2500", "25%"), ("0.25\\%", "25\\%"), ("0.25", "25\\text{ cm}"), ("50", "25\\% \\cdot 2"));
}
