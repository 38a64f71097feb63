namespace RewardServer.Symbolics.Tests;

public sealed class Moments_and_number_words
{
    [Fact]
    public void Times_of_day_are_compared_as_such()
    {
        Verdicts.AllEqual(
            ("15:30", "3:30 PM"), ("3:30 PM", "15:30"), ("3:30\\text{ p.m.}", "3:30 PM"), ("3:30 PM", "3:30"), ("5:00", "5 PM"), ("5 PM", "17:00"), ("12:00 AM", "0:00"),
            ("11:30\\text{ a.m.}", "11:30 AM"));
        Verdicts.NoneEqual(("3:30 PM", "3:30 AM"), ("3:30 PM", "4:30 PM"), ("15:30", "3:30"), ("12:30", "12.30"), ("5 PM", "6"));
    }

    [Fact]
    public void Half_of_the_day_is_no_unit() => Verdicts.NoneEqual(("2", "(2PM"), ("2", "(2 \\text{p.m.}"), ("2 + 3", "5 am + 0"), ("(2, 3)", "(2 pm, 3)"));

    [Fact]
    public void A_month_is_no_unit() => Verdicts.NoneEqual(("2", "2 March"), ("2", "(2March "), ("2", "2 \\text{ May}"));

    [Fact]
    public void Dates_are_compared_by_their_parts()
    {
        Verdicts.AllEqual(
            ("March 5, 2020", "5 March 2020"), ("March 5, 2020", "Mar 5, 2020"), ("March 5, 2020", "2020-03-05"), ("March 5, 2020", "March 5th, 2020"),
            ("March 5", "the 5th of March"), ("\\text{March 5}", "Thursday, March 5, 2020"));
        Verdicts.NoneEqual(("March 5, 2020", "March 6, 2020"), ("March 5, 2020", "March 5, 2021"), ("March 5", "May 3"), ("March 5, 2020", "5"));
    }

    [Fact]
    public void Numbers_in_words_are_numbers()
    {
        Verdicts.AllEqual(
            ("7", "seven"), ("7", "\\text{seven}"), ("\\text{seven}", "7"), ("21", "twenty-one"), ("205", "two hundred and five"), ("1/3", "one third"), ("2/3", "two thirds"),
            ("1000000", "1 million"), ("5", "five people"), ("3", "third"), ("3", "3rd"), ("3", "3^{\\text{rd}}"), ("1/2", "one half"), ("1234", "one thousand two hundred thirty-four"));
        Verdicts.NoneEqual(("5", "twenty-five"), ("12", "one two"), ("5", "five or six"), ("3", "thirty"), ("5", "five hundred"));
    }

    [Fact]
    public void Digits_are_grouped_by_many_conventions()
    {
        Verdicts.AllEqual(
            ("1234567", "1.234.567"), ("1234567", "1'234'567"), ("1234567", "12,34,567"), ("1234567", "1_234_567"), ("1234.5", "1.234,5"), ("0.5", "0,5"), ("3.14", "3,14"),
            ("0, 5", "0,5"), ("1/3", "0.333..."), ("1/3", "0.(3)"), ("1/7", "0.142857142857142857\\ldots"), ("1011_2", "1011 (base 2)"), ("1011_2", "1011_{\\text{two}}"));
        Verdicts.NoneEqual(("1234", "1.234"), ("1,2", "1.2"), ("0.123", "0.123..."), ("7", "3.5(2)..."), ("1011_2", "1011 base 3"));
    }
}
