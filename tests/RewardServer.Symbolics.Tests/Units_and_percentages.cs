using RewardServer.Symbolics.Equivalence;

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
    public void Temperatures_convert_with_their_zeros()
    {
        Verdicts.AllEqual(
            ("100^\\circ C", "212^\\circ F"), ("25^\\circ\\text{C}", "298.15 K"), ("25^\\circ\\text{C}", "25 degrees Celsius"), ("-40^\\circ\\text{C}", "-40°F"), ("32°F", "0°C"), ("25°C", "25"));
        Verdicts.NoneEqual(("25^\\circ\\text{C}", "25^\\circ\\text{F}"), ("25°C", "26°C"), ("0°C", "273 K"), ("25^\\circ", "25^\\circ\\text{C}"));
    }

    [Fact]
    public void Degrees_are_parts_of_pi_where_the_other_side_is_in_radians()
    {
        Verdicts.AllEqual(("180^\\circ", "\\pi \\text{ radians}"), ("\\frac{\\pi}{6} \\text{ rad}", "30^\\circ"));
        Verdicts.NoneEqual(("180^\\circ", "\\pi"), ("30^\\circ", "30 \\text{ rad}"));
    }

    [Fact]
    public void Capitals_tell_units_of_data_and_energy_apart()
    {
        Verdicts.AllEqual(("1 GB", "1000 MB"), ("1\\text{ KiB}", "1024\\text{ bytes}"), ("1\\text{ byte}", "8\\text{ bits}"), ("2\\text{ kWh}", "7.2\\text{ MJ}"), ("1\\text{ hectare}", "10000\\text{ m}^2"));
        Verdicts.NoneEqual(("1\\text{ MB}", "1\\text{ Mb}"), ("5\\text{ MJ}", "5\\text{ mJ}"), ("1\\text{ MB}", "1\\text{ GB}"));
    }

    [Fact]
    public void Compound_units_are_products_of_powers()
    {
        Verdicts.AllEqual(
            ("1\\text{ N}", "1\\text{ kg·m/s}^2"), ("1\\text{ N}", "1 \\text{ kg} \\cdot \\text{m/s}^2"), ("5 \\frac{\\text{m}}{\\text{s}^2}", "5\\text{ m s}^{-2}"), ("1\\text{ J}", "1\\text{ N·m}"), ("10\\text{ m/s}", "36\\text{ km/h}"));
        Verdicts.NoneEqual(("5\\text{ m/s}", "5\\text{ m/s}^2"), ("5\\text{ m s}^{-1}", "5\\text{ m s}"), ("5 km", "5 km/h"));
    }

    [Fact]
    public void A_percentage_is_its_number_or_its_hundredth() =>
        Verdicts.AllEqual(("25", "25\\%"), ("0.25", "25\\%"), ("25%", "25"), ("25%", "\\frac14"), ("25\\%", "25%"));

    [Fact]
    public void A_percentage_is_nothing_else() =>
        Verdicts.NoneEqual(("25%", "26"), ("2500", "25%"), ("0.25\\%", "25\\%"), ("0.25", "25\\text{ cm}"), ("50", "25\\% \\cdot 2"));

    [Fact]
    public void A_letter_may_be_a_unit_where_the_gold_is_a_number()
    {
        Verdicts.AllEqual(
            ("5", "5 m"), ("5", "5m"), ("5", "5 km/h"), ("20", "20 cm^2"), ("9.8", "9.8 m/s^2"), ("9.8", "9.8 m s^{-2}"), ("5m", "5m"), ("5m", "5 m"), ("5 m", "5"),
            ("5\\text{ m}", "5m"), ("3", "3 sq. units"), ("18", "USD 18"), ("18", "18 €"), ("18", "Rs. 18"), ("18", "₹18"), ("18", "18$"), ("50\\%", "50 per cent"));
        Verdicts.NoneEqual(("5m", "5"), ("5", "5x"), ("5", "5 x"), ("5", "6 m"), ("5m", "5s"), ("5", "5y"));
    }

    [Fact]
    public void Words_that_make_another_number_are_no_units()
    {
        Assert.All(
            ["tenths", "hundredths", "sixths", "halves", "tens", "thousands", "\\text{millions}", "dozens", "\\text{k}", "\\text{squared}", "\\text{factorial}", "\\text{negative}",
                "\\text{below zero}", "\\text{twenty}", "alternatively sixty", "alternatively", "unless", "or so", "cubed", "doubled", "nineteenths", "ten-thousandths", "roughly",
                "otherwise", "above", "fewer", "twice", "base", "hundred thousandths", "divided by two", "negatives", "million", "versus six"],
            word => Assert.NotEqual(true, MathVerifier.Verify("5", "5 " + word).Equal));
        Verdicts.AllEqual(
            ("5000", "5 thousands"), ("1/2", "5 tenths"), ("60", "5 dozens"), ("60", "five dozen"), ("5/2", "5 halves"), ("5/6", "5 sixths"), ("50", "5 tens"), ("1/20", "5 hundredths"),
            ("5000000", "5\\text{ million dollars}"), ("\\$5000000", "\\$5\\text{ million}"), ("1/20", "five hundredths"), ("5", "5 seconds"), ("5", "5 families"), ("5", "5 zeros"), ("5", "5 K"));
    }

    [Fact]
    public void Units_convert_within_what_they_measure()
    {
        Verdicts.AllEqual(
            ("1 h", "60 min"), ("1\\text{ m}", "100 cm"), ("5\\text{ km}", "5000 m"), ("1\\text{ m}^2", "10000 \\text{ cm}^2"), ("36\\text{ km/h}", "10 m/s"),
            ("\\$5", "500 cents"), ("1\\text{ day}", "24 hours"), ("1.5\\text{ hours}", "1 hour 30 minutes"), ("67\\text{ inches}", "5 ft 7 in"), ("1\\text{ ft}", "12 inches"));
        Verdicts.NoneEqual(
            ("5\\text{ km}", "5 m"), ("1\\text{ m}", "100 kg"), ("5\\text{ cm}", "5 cm^2"), ("1\\text{ hour}", "1 minute"), ("5 apples", "5 pears"), ("1\\text{ m}^2", "100\\text{ cm}^2"));
    }

    [Fact]
    public void Strict_units_must_be_given_and_not_be_added()
    {
        var strict = new MathOptions { StrictUnits = true };
        Assert.All([("5\\text{ cm}", "5"), ("5", "5 cm"), ("5", "5m"), ("25\\%", "25")], p => Assert.False(MathVerifier.Verify(p.Item1, p.Item2, strict).Equal));
        Assert.All([("5\\text{ cm}", "5 cm"), ("5\\text{ cm}", "50 mm"), ("5", "5")], p => Assert.True(MathVerifier.Verify(p.Item1, p.Item2, strict).Equal));
    }

    [Fact]
    public void A_gold_multiple_of_pi_beside_degrees_is_in_radians()
    {
        Verdicts.AllEqual(("\\frac{\\pi}{6}", "30^\\circ"), ("2\\pi", "360^\\circ"), ("30", "30^\\circ"), ("30^\\circ", "30"));
        Verdicts.NoneEqual(("\\pi", "\\pi^\\circ"), ("\\frac{\\pi}{6}", "60^\\circ"), ("30^\\circ", "30\\pi"), ("\\pi^2", "180^\\circ"));
    }
}
