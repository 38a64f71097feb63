using System.Globalization;
using System.Numerics;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Rubrics;

namespace RewardServer.Grading.Tests.Graders.Number;

public sealed class NumberTests(SharedSandbox sandbox)
{
    [Theory]
    [InlineData("3.5", "3.5")]
    [InlineData("3.5", "3.50")]
    [InlineData("3.5", "7/2")]
    [InlineData("3.5", "3 1/2")]
    [InlineData("3.5", "3½")]
    [InlineData("3.5", @"\frac{7}{2}")]
    [InlineData("3.5", @"3\frac{1}{2}")]
    [InlineData("3.5", @"\dfrac72")]
    [InlineData("3.5", "350%")]
    [InlineData("3.5", @"350\%")]
    [InlineData("3.5", "0.35e1")]
    [InlineData("3.5", @"35 \times 10^{-1}")]
    [InlineData("3.5", "35 × 10⁻¹")]
    [InlineData("3.5", "35*10^-1")]
    [InlineData("3.5", "+3.5")]
    [InlineData("3.5", "x = 3.5")]
    [InlineData("3.5", "$3.5$")]
    [InlineData("3.5", "3.5.")]
    [InlineData("3.5", "3.5 cm")]
    [InlineData("3.5", @"3.5\text{ cm}")]
    [InlineData("3.5", @"3.5\,\mathrm{m/s^2}")]
    [InlineData("3.5", "３.５")]
    [InlineData("-1234567", "-1,234,567")]
    [InlineData("-1234567", "−1 234 567")]
    [InlineData("-1234567", @"-1{,}234{,}567")]
    [InlineData("-1234567", @"-1\,234\,567")]
    [InlineData("-1234567", "-12,34,567")]
    [InlineData("1000", "$1,000")]
    [InlineData("1000", @"\$1{,}000")]
    [InlineData("1000", "1,000 dollars")]
    [InlineData("1000", "1 thousand")]
    [InlineData("5000000", "5 million")]
    [InlineData("50000", "5万")]
    [InlineData("-1000", "-$1,000")]
    [InlineData("-0.5", @"-\frac{1}{2}")]
    [InlineData("0", "-0.000")]
    [InlineData("1e400", "10^400", false)]
    [InlineData("1e400", "1e400")]
    [InlineData("9007199254740993", "9007199254740993")]
    [InlineData("0.1", ".1")]
    [InlineData("\"1/3\"", "2/6")]
    [InlineData("\"50%\"", "0.5")]
    [InlineData("\"50%\"", "50%")]
    [InlineData("\"1,000\"", "1000")]
    [InlineData("1250", @"1.25\times10^3")]
    [InlineData("1250", @"1.25\times10^{3}")]
    [InlineData("1250", @"1.25\cdot10^3")]
    [InlineData("1250", @"1.25 \cdot 10³")]
    [InlineData("3.5", @"= 3.5")]
    [InlineData("3.5", @"\approx 3.5")]
    [InlineData("3.5", @"x \approx 3.5")]
    [InlineData("3.5", @"3.5^\circ")]
    [InlineData("3.5", @"3.5^{\circ}\text{C}")]
    [InlineData("3.5", @"3.5\Omega")]
    [InlineData("3.5", @"3.5\ \mu\text{m}")]
    [InlineData("3.5", @"3.5 J/(kg K)")]
    [InlineData("3.5", @"3.5 A")]
    [InlineData("-3.5", @"–3.5")]
    [InlineData("-3.5", @"x = –3.5")]
    [InlineData("-3.5", @"–$3.5")]
    public async Task A_number_is_read_however_it_is_written(string gold, string answer, bool right = true) =>
        Assert.Equal(right ? 1 : 0, (await GradeAsync(Task(gold), $"<answer>{answer}</answer>")).Score);

    [Theory]
    [InlineData("3.5", "3.5001")]
    [InlineData("3.5", "3,5")]
    [InlineData("3.5", "-3.5")]
    [InlineData("3.5", "3.5%")]
    [InlineData("50", "50%")]
    [InlineData("9007199254740993", "9007199254740992")]
    [InlineData("\"1/3\"", "0.333333333")]
    [InlineData("5", "2 + 3")]
    [InlineData("5", "5x")]
    [InlineData("5", "5i")]
    [InlineData("5", @"5\pi")]
    [InlineData("5", "5!")]
    [InlineData("5", "5 squared")]
    [InlineData("5", "5k")]
    [InlineData("5", "at least 5")]
    [InlineData("5", "5 or more")]
    [InlineData("5", "±5")]
    [InlineData("5", "--5")]
    [InlineData("5", "five")]
    [InlineData("5", "0x5")]
    [InlineData("5", "5_")]
    [InlineData("100", "1,00")]
    [InlineData("125", "0,125")]
    [InlineData("0.125", "0,125")]
    [InlineData("1234.5", "1.234,5")]
    [InlineData("1000", "1 km")]
    [InlineData("5", "NaN")]
    [InlineData("5", "5/0")]
    [InlineData("52", "5²")]
    [InlineData("5", "5–6")]
    [InlineData("1250", @"1.25\timesx10^3")]
    [InlineData("3", "3 halves")]
    [InlineData("3", "3 quarters")]
    [InlineData("3", "3 tenths")]
    [InlineData("3", "3 thirds")]
    [InlineData("3", "3 sixths")]
    [InlineData("3", "3 one-hundredths")]
    [InlineData("3", "3 tenth miles")]
    [InlineData("3", "3 ppm")]
    [InlineData("3", "3 per mille")]
    [InlineData("3", "3‰")]
    [InlineData("3", "3 negative")]
    [InlineData("3", "3 recurring")]
    [InlineData("3", "3 m 5 cm")]
    [InlineData("3", "3 m 5")]
    [InlineData("3", "3 h 30 min")]
    [InlineData("3", "3h30")]
    [InlineData("3", "3%5")]
    [InlineData("3", "3% 5")]
    [InlineData("3", "3 m^2/5")]
    [InlineData("3", "3 m or 4 m")]
    [InlineData("3", "3 m + 5")]
    [InlineData("3", "3 m -1")]
    [InlineData("3", "3 m-30")]
    [InlineData("5", "")]
    [InlineData("5", "1e999999999999999999999")]
    public async Task Another_number_or_none_is_wrong(string gold, string answer) =>
        Assert.Equal(0, (await GradeAsync(Task(gold), $"<answer>{answer}</answer>")).Score);

    [Theory]
    [InlineData("5 or 6")]
    [InlineData("6; 5")]
    [InlineData("5, 6")]
    [InlineData("5 cm or 6 cm")]
    public async Task What_offers_several_numbers_is_wrong_with_a_signal(string answer)
    {
        var found = await GradeAsync(Task("5"), $@"\boxed{{{answer}}}");
        Assert.Equal((0, true), (found.Score, found.Signals.Contains(Signal.HedgedAnswer)));
    }

    [Theory]
    [InlineData("""{"kind":"number","answer":100,"relativeTolerance":0.01}""", "101", 1)]
    [InlineData("""{"kind":"number","answer":100,"relativeTolerance":0.01}""", "101.0000000001", 0)]
    [InlineData("""{"kind":"number","answer":1,"absoluteTolerance":0.1}""", "1.1", 1)]
    [InlineData("""{"kind":"number","answer":1,"absoluteTolerance":0.1}""", "0.9", 1)]
    [InlineData("""{"kind":"number","answer":1,"absoluteTolerance":0.1}""", "1.100000000000000000001", 0)]
    [InlineData("""{"kind":"number","answer":-100,"relativeTolerance":0.01}""", "-99", 1)]
    [InlineData("""{"kind":"number","answer":0,"relativeTolerance":0.5}""", "0.0001", 0)]
    [InlineData("""{"kind":"number","answer":1e300,"absoluteTolerance":1e299}""", "1.1e300", 1)]
    public async Task A_tolerance_holds_exactly(string task, string answer, double score) =>
        Assert.Equal(score, (await GradeAsync(task, $"<answer>{answer}</answer>")).Score);

    [Fact]
    public async Task The_rubric_gives_a_tolerance_where_the_task_is_silent()
    {
        const string Options = """{"absoluteTolerance":1}""";
        Assert.Equal(1, (await GradeAsync(Task("5"), "<answer>6</answer>", Options)).Score);
        Assert.Equal(0, (await GradeAsync("""{"kind":"number","answer":5,"absoluteTolerance":0}""", "<answer>6</answer>", Options)).Score);
    }

    [Theory]
    [InlineData("cm", "5", "{}", 1)]
    [InlineData("cm", "5 cm", "{}", 1)]
    [InlineData("cm", "5 m", "{}", 0)]
    [InlineData("dollars", "$5", "{}", 1)]
    [InlineData("dollars", "5 Dollar", "{}", 1)]
    [InlineData("dollars", "€5", "{}", 0)]
    [InlineData("%", "5%", "{}", 1)]
    [InlineData("%", "5", "{}", 1)]
    [InlineData("mW", "5 MW", "{}", 0)]
    [InlineData("cm", "5", """{"strictUnits":true}""", 0)]
    [InlineData("cm", "5 cm", """{"strictUnits":true}""", 1)]
    public async Task A_unit_may_be_left_out_and_no_other_given(string unit, string answer, string options, double score) =>
        Assert.Equal(score, (await GradeAsync($$"""{"kind":"number","answer":5,"unit":"{{unit}}"}""", $"<answer>{answer}</answer>", options)).Score);

    [Theory]
    [InlineData(@"m/s²", @"m/s²")]
    [InlineData(@"m/s²", @"m/s^2")]
    [InlineData(@"m/s^{2}", @"m/s²")]
    [InlineData(@"m/s^2", @"\text{m}/\text{s}^{2}")]
    [InlineData(@"m²", @"m²")]
    [InlineData(@"m^2", @"m²")]
    [InlineData(@"m²", @"m^{2}")]
    [InlineData(@"m²", @"m^(2)")]
    [InlineData(@"cm³", @"cm³")]
    [InlineData(@"kg·m²", @"kg·m²")]
    [InlineData(@"kg\cdot m^2", @"kg·m²")]
    [InlineData(@"N·m", @"N·m")]
    [InlineData(@"s⁻¹", @"s⁻¹")]
    [InlineData(@"s⁻¹", @"s^{-1}")]
    [InlineData(@"W m⁻² K⁻⁴", @"W m^-2 K^-4")]
    [InlineData(@"℃", @"℃")]
    [InlineData(@"℃", @"^{\circ}\text{C}")]
    [InlineData(@"Å", @"Å")]
    [InlineData(@"µm", @"µm")]
    [InlineData(@"µm", @"\ \mu\text{m}")]
    [InlineData(@"Ω", @"\Omega")]
    [InlineData(@"°", @"^\circ")]
    [InlineData(@"degrees", @"°")]
    [InlineData(@"\text{kg}", @"\text{kg}")]
    [InlineData(@"\text{kg}", @"kg")]
    [InlineData(@"km h^{-1}", @"km h^{-1}")]
    [InlineData(@"$", @"\$")]
    [InlineData(@"\$", @"dollars")]
    [InlineData(@"\%", @"%")]
    [InlineData(@"percent", @"%")]
    [InlineData(@"ppm", @"ppm")]
    [InlineData(@"per mille", @"‰")]
    [InlineData(@"quarters", @"quarters")]
    public async Task A_unit_is_itself_however_it_is_written(string unit, string written)
    {
        var task = $$"""{"kind":"number","answer":5,"unit":{{Answering.Quoted(unit)}}}""";
        Assert.Equal(1, (await GradeAsync(task, $"<answer>5 {written}</answer>", """{"strictUnits":true}""")).Score);
        Assert.Equal(0, (await GradeAsync(task, "<answer>5 cd</answer>")).Score);
    }

    [Theory]
    [InlineData("\"five\"")]
    [InlineData("\"\"")]
    [InlineData("\"1/0\"")]
    [InlineData("\"NaN\"")]
    [InlineData("1e5000")]
    [InlineData("1e99999999999999999999")]
    public async Task A_gold_that_is_no_number_is_skipped_whatever_the_candidate_wrote(string gold)
    {
        foreach (var completion in new[] { "<answer>5</answer>", $"<answer>{gold.Trim('"')}</answer>", "" })
        {
            var found = await GradeAsync(Task(gold), completion);
            Assert.Equal(Outcome.Skipped, found.Outcome);
            Assert.Contains("task.answer", found.Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Any_of_several_golds_will_do_and_one_that_is_none_is_passed_over()
    {
        const string Task = """{"kind":"number","answers":[1,"1/2","x"]}""";
        Assert.Equal(1, (await GradeAsync(Task, "<answer>0.5</answer>")).Score);
        Assert.Equal(0, (await GradeAsync(Task, "<answer>x</answer>")).Score);
    }

    [Theory]
    [InlineData("9")]
    [InlineData("1,")]
    [InlineData("1/")]
    [InlineData("- ")]
    [InlineData("$")]
    [InlineData("5 or ")]
    [InlineData("\\frac{")]
    [InlineData("５")]
    public async Task A_million_characters_are_judged(string piece) =>
        Assert.Equal(0, (await GradeAsync(Task("5"), $"<answer>{string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length))}</answer>")).Score);

    [Fact]
    public async Task A_number_is_right_against_itself_in_all_notations_and_wrong_beside_it()
    {
        var random = new Random(1126);
        for (var i = 0; i < 100; i++)
        {
            var (digits, places) = (new BigInteger(random.NextInt64()) * (random.Next(2) == 0 ? 1 : -1), random.Next(12));
            var exact = $"{digits.ToString(CultureInfo.InvariantCulture)}e-{places}";
            var point = digits.ToString(CultureInfo.InvariantCulture).Insert(digits.ToString(CultureInfo.InvariantCulture).Length - places, ".");
            foreach (var answer in new[] { exact, point, $"{digits}/{BigInteger.Pow(10, places)}", $"{digits} \\times 10^{{-{places}}}", $"{digits}E-{places}" })
            {
                Assert.True((await GradeAsync(Task(exact), $"<answer>{answer}</answer>")).Score == 1, $"{exact}: {answer}");
            }

            Assert.True((await GradeAsync(Task(exact), $"<answer>{digits + 1}e-{places}</answer>")).Score == 0, exact);
        }
    }

    private static string Task(string gold) => $$"""{"kind":"number","answer":{{gold}}}""";

    private Task<GradedComponent> GradeAsync(string task, string completion, string options = "{}") => Answering.GradeAsync(sandbox, task, completion, options);
}
