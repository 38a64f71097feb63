using FsCheck;
using FsCheck.Fluent;
using RewardServer.Symbolics.Equivalence;

namespace RewardServer.Symbolics.Tests;

public sealed class Properties
{
    private static readonly string[] Tokens =
    [
        "1", "2", "0", "12", "3.5", "x", "y", "i", "e", "+", "-", "*", "/", "^", "_", "(", ")", "[", "]", "{", "}", "\\{", "\\}", "\\frac", "\\sqrt", "\\pi",
        "\\infty", "\\pm", ",", ";", "=", "<", "\\le", "\\in", "\\cup", "\\text{", "\\text{cm}", "\\text{or}", "\\sin", "\\log_", "\\ln", "!", "%", "\\$", "$",
        "^\\circ", "|", "\\left", "\\right", "\\begin{pmatrix}", "\\end{pmatrix}", "&", "\\\\", " ", "and", "or", "apples", ":", "\\binom", "]", 
        "\\mid", "\\mathbb{R}", "\\mathbb{Z}", "\\begin{cases}", "\\end{cases}", "\\begin{align}", "\\setminus", "\\ne", "(A)", "The answer is ", 
        "five", "m", "km", "PM", "March ", "...", "**", "'", "\\textbf{", "\\color{red}", "base 2", "\\boxed{", ".", "e5", "½", "²", "\\sum_{x=", 
        "\\int", "dx", "\\frac{d}{dx}", "\\lim_{x\\to", "\\cosh", "\\arctan", "\\gcd(", "\\overline", "\\bmod",
    ];

    private static readonly Gen<string> Scalar = Gen.Sized(size => Formula(Math.Min(size / 12, 4)));

    private static Gen<string> Formula(int depth) => depth == 0
        ? Gen.Elements("1", "2", "3", "7", "12", "0.5", "x", "y", "\\pi", "\\sqrt2", "\\frac34")
        : Gen.OneOf(
            Formula(0),
            Join(depth, "({0}) + ({1})"),
            Join(depth, "({0}) - ({1})"),
            Join(depth, "({0})\\cdot({1})"),
            Join(depth, "\\frac{{{0}}}{{({1})^2+1}}"),
            Formula(depth - 1).Select(f => $"({f})^2"),
            Formula(depth - 1).Select(f => $"-({f})"),
            Formula(depth - 1).Select(f => $"\\sqrt{{({f})^2+1}}"));

    private static Gen<string> Join(int depth, string format) =>
        Formula(depth - 1).SelectMany(a => Formula(depth - 1).Select(b => string.Format(System.Globalization.CultureInfo.InvariantCulture, format, a, b)));

    // How many times as many cases, from seeds of their own, a longer run tries: PROPERTY_RUNS=20 tests/run.
    private static readonly int Times = int.TryParse(Environment.GetEnvironmentVariable("PROPERTY_RUNS"), out var times) ? Math.Max(times, 1) : 1;

    // A fixed seed: the same commit passes or fails the same way everywhere.
    private static void Holds<T>(Gen<T> values, Func<T, bool> property, int tests)
    {
        var once = Config.QuickThrowOnFailure.WithMaxTest(tests * Times);
        Prop.ForAll(values.ToArbitrary(), property).Check(Times == 1 ? once.WithReplay(2026, 1123) : once);
    }

    [Fact]
    public void Random_tokens_never_throw_and_never_equal_themselves_without_a_form() => Holds(
        Gen.Elements(Tokens).ListOf().Select(string.Concat), text => MathVerifier.Verify(text, text) is { Equal: null } or { Gold: not null }, 100_000);

    [Fact]
    public void What_was_read_prints_and_reads_back() => Holds(
        Gen.Elements(Tokens).ListOf().Select(string.Concat),
        text => MathVerifier.Verify(text, text) is not { Equal: true } first
            || (MathVerifier.Verify(text, first.Gold!.Plain) is { Equal: true } second && MathVerifier.Verify(text, second.Prediction!.Plain).Equal == true),
        20_000);

    [Fact]
    public void Equality_is_reflexive() => Holds(Scalar, f => MathVerifier.Verify(f, f).Equal is true or null, 300);

    // Of small formulas, so that equal ones meet.
    [Fact]
    public void Equality_of_formulas_is_symmetric() => Holds(
        Formula(2).SelectMany(a => Formula(1).Select(b => (Gold: a, Prediction: b))),
        pair => MathVerifier.Verify(pair.Gold, pair.Prediction).Equal == MathVerifier.Verify(pair.Prediction, pair.Gold).Equal, 3_000);

    [Fact]
    public void Formulas_print_and_read_back() => Holds(Scalar, f => MathVerifier.Verify(f, f) is not { Equal: true, Gold: { } form }
        || (MathVerifier.Verify(f, form.Plain).Equal == true && MathVerifier.Verify(f, form.Latex).Equal == true
            && MathVerifier.Verify(f, form.Plain).Prediction!.Plain == form.Plain), 300);

    [Fact]
    public void Expansion_preserves_the_value() => Holds(
        Scalar.SelectMany(a => Scalar.Select(b => (a, b))),
        pair => MathVerifier.Verify($"(({pair.a})+({pair.b}))^2", $"({pair.a})^2+2({pair.a})({pair.b})+({pair.b})^2").Equal is true
            || MathVerifier.Verify($"(({pair.a})+({pair.b}))^2", $"({pair.a})^2+2({pair.a})({pair.b})+({pair.b})^2").Stage == Stage.Undecided,
        200);

    // The first four may stand within any other.
    private static readonly (string Name, Func<string, string> Apply)[] Styles =
    [
        ("parentheses", f => $"\\left({f}\\right)"), ("dfrac", f => f.Replace("\\frac", "\\dfrac", StringComparison.Ordinal)),
        ("spaces", f => f.Replace("+", " + ", StringComparison.Ordinal).Replace("(", " ( ", StringComparison.Ordinal)),
        ("sizes", f => f.Replace("(", "\\left(", StringComparison.Ordinal).Replace(")", "\\right)", StringComparison.Ordinal)),
        ("dollars", f => $"${f}$"), ("display", f => $"\\[ {f}. \\]"), ("box", f => $"\\boxed{{{f}}}"), ("sentence", f => $"The answer is ${f}$."), ("bold", f => $"**{f}**"),
        ("equation", f => $"\\begin{{equation*}} {f} \\end{{equation*}}"), ("cut off", f => $"\\boxed{{{f}"), ("name", f => $"$z = {f}$"),
    ];

    [Fact]
    public void Another_style_never_changes_the_verdict() => Holds(
        Scalar.SelectMany(f => Gen.Elements(Styles[..4]).SelectMany(a => Gen.Elements(Styles).Select(b => (f, a, b)))),
        t => MathVerifier.Verify(t.f, t.b.Apply(t.a.Apply(t.f))).Equal == MathVerifier.Verify(t.f, t.f).Equal
            && MathVerifier.Verify(t.a.Apply(t.f), t.f).Equal == MathVerifier.Verify(t.f, t.f).Equal
            && MathVerifier.Verify($"({t.f})+1", t.a.Apply(t.f)).Equal is false or null,
        1_000);

    [Fact]
    public void A_different_value_is_never_equal() => Holds(
        Scalar, f => MathVerifier.Verify(f, $"({f})+\\frac{{1}}{{1000}}").Equal is false or null, 300);

    // Formulas in x beside their values at x = 3, worked out in machine integers.
    private static Gen<(string Formula, long At3)> Integral(int depth) => depth == 0
        ? Gen.Elements(("x", 3L), ("2", 2L), ("7", 7L), ("x^2", 9L), ("3x", 9L), ("(x-5)", -2L))
        : Integral(depth - 1).SelectMany(a => Integral(depth - 1).SelectMany(b => Gen.Elements(
            ($"({a.Formula})+({b.Formula})", a.At3 + b.At3),
            ($"({a.Formula})-({b.Formula})", a.At3 - b.At3),
            ($"({a.Formula})({b.Formula})", a.At3 * b.At3))));

    [Fact]
    public void Canonical_forms_keep_the_value_at_a_point() => Holds(
        Gen.Choose(0, 3).SelectMany(Integral),
        f => MathVerifier.Verify($"{f.At3}", f.Formula.Replace("x", "(3)", StringComparison.Ordinal)).Equal == true
            && MathVerifier.Verify($"{f.At3 + 1}", f.Formula.Replace("x", "(3)", StringComparison.Ordinal)).Equal == false
            && MathVerifier.Verify(f.Formula, $"({f.Formula})\\cdot\\frac{{x+1}}{{x+1}}").Equal == true, 500);

    // Formulas beside their values at x = 3/7, worked out in doubles.
    private static Gen<(string Formula, double Value)> Evaluated(int depth) => depth == 0
        ? Gen.Elements(("x", 3 / 7.0), ("2", 2.0), ("\\pi", Math.PI), ("\\sqrt3", Math.Sqrt(3)), ("2e", 2 * Math.E), ("\\frac58", 0.625))
        : Evaluated(depth - 1).SelectMany(a => Evaluated(depth - 1).SelectMany(b => Gen.Elements(
            ($"({a.Formula})+({b.Formula})", a.Value + b.Value),
            ($"({a.Formula})({b.Formula})", a.Value * b.Value),
            ($"\\frac{{{a.Formula}}}{{1+({b.Formula})^2}}", a.Value / (1 + (b.Value * b.Value))),
            ($"\\sin({a.Formula})", Math.Sin(a.Value)),
            ($"\\cos({a.Formula})", Math.Cos(a.Value)),
            ($"\\arctan({a.Formula})", Math.Atan(a.Value)),
            ($"\\tanh({a.Formula})", Math.Tanh(a.Value)),
            ($"\\ln(1+|{a.Formula}|)", Math.Log(1 + Math.Abs(a.Value))),
            ($"e^{{\\sin({a.Formula})}}", Math.Exp(Math.Sin(a.Value))),
            ($"\\sqrt{{1+({a.Formula})^2}}", Math.Sqrt(1 + (a.Value * a.Value))),
            ($"\\max({a.Formula}, {b.Formula})", Math.Max(a.Value, b.Value)))));

    private static string AtPoint(string formula) => formula.Replace("max", "M", StringComparison.Ordinal).Replace("x", "\\frac{3}{7}", StringComparison.Ordinal).Replace("M", "max", StringComparison.Ordinal);

    [Fact]
    public void Values_are_those_of_ordinary_arithmetic() => Holds(
        Gen.Choose(0, 3).SelectMany(Evaluated).Where(f => Math.Abs(f.Value) < 1e6),
        f =>
        {
            var options = new MathOptions { AbsoluteTolerance = 1e-7, RelativeTolerance = 1e-9 };
            var (gold, other) = (f.Value.ToString("F12", System.Globalization.CultureInfo.InvariantCulture), (f.Value + 1e-3).ToString("F12", System.Globalization.CultureInfo.InvariantCulture));
            var verdict = MathVerifier.Verify(gold, AtPoint(f.Formula), options);
            return verdict.Stage == Stage.Undecided || (verdict.Equal == true && MathVerifier.Verify(other, AtPoint(f.Formula), options).Equal == false);
        },
        400);

    [Fact]
    public void Canonical_forms_and_values_agree() => Holds(
        Gen.Choose(0, 2).SelectMany(Evaluated),
        f => MathVerifier.Verify(f.Formula, $"({f.Formula})+\\sin 2x-2\\sin x\\cos x") is { Equal: true } or { Stage: Stage.Undecided }
            && MathVerifier.Verify(f.Formula, $"({f.Formula})+\\frac{{\\sin x}}{{1000}}").Equal == false,
        150);

    [Fact]
    public void Rational_arithmetic_is_exact() => Holds(
        Gen.Choose(-10_000, 10_000).SelectMany(a => Gen.Choose(1, 10_000).Select(b => (a, b))),
        p => MathVerifier.Verify($"{p.a}/{p.b}", $"\\frac{{{7L * p.a}}}{{{7 * p.b}}}").Equal == true
            && MathVerifier.Verify($"{p.a}/{p.b}", $"\\frac{{{(7L * p.a) + 1}}}{{{7 * p.b}}}").Equal == false, 1_000);
}
