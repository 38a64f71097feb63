using FsCheck;
using FsCheck.Fluent;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders.Code.Checkers;

namespace RewardServer.Grading.Tests.Graders.Code.Checkers;

public sealed class ComparingProperties
{
    // Few pieces, so that outputs that are equal, or nearly so, meet.
    private static readonly Gen<string> Texts = Gen.Elements(
        "1", "2", "1.0", "1.05", "-0", "0", "1e2", "100", "nan", "inf", "1e999", "a", "A", "b", " ", " ", "\n", "\n", "\t", "\r\n", "\0", "\u00e9", "\ud83d\ude00", "\ud83d",
        "[", "]", "{", "}", ",", ":", "\"a\"", "\"b\"", "true", "null", "9007199254740992", "9007199254740993").ListOf().Select(string.Concat);

    private static readonly Gen<Checker> Checkers =
        from kind in Gen.Elements(CheckerKind.Exact, CheckerKind.Lines, CheckerKind.Tokens, CheckerKind.Json)
        from flags in Gen.Choose(0, 3)
        from absolute in Gen.Elements(0.0, 0.0, 0.1, 1e-9)
        from relative in Gen.Elements(0.0, 0.0, 0.1)
        select new Checker { Kind = kind, IgnoreCase = (flags & 1) != 0, Unordered = (flags & 2) != 0, AbsoluteTolerance = absolute, RelativeTolerance = relative };

    // A fixed seed: the same commit passes or fails the same way everywhere.
    private static void Holds<T>(Gen<T> values, Func<T, bool> property) =>
        Prop.ForAll(values.ToArbitrary(), property).Check(Config.QuickThrowOnFailure.WithMaxTest(3000).WithReplay(2026, 1127));

    private static readonly Gen<(Checker Checker, string One, string Other)> Cases =
        from checker in Checkers from one in Texts from other in Texts select (checker, one, other);

    private static bool CanBeExpected(Checker checker, string text) => OutputComparison.Unjudgeable(checker, text) is null;

    [Fact]
    public void Whatever_is_given_is_compared_and_told_in_a_bounded_sentence() => Holds(
        Cases, at => !CanBeExpected(at.Checker, at.One) || OutputComparison.Compare(at.Checker, at.One, at.Other) is { Difference: null or { Length: > 0 and < 500 } });

    [Fact]
    public void Every_text_agrees_with_itself() => Holds(
        Cases, at => !CanBeExpected(at.Checker, at.One) || OutputComparison.Compare(at.Checker, at.One, at.One).Agrees);

    [Fact]
    public void Without_a_share_of_the_expected_number_neither_side_is_the_first() => Holds(
        Cases.Select(at => (Checker: at.Checker with { RelativeTolerance = 0 }, at.One, at.Other)),
        at => !CanBeExpected(at.Checker, at.One) || !CanBeExpected(at.Checker, at.Other)
            || OutputComparison.Compare(at.Checker, at.One, at.Other).Agrees == OutputComparison.Compare(at.Checker, at.Other, at.One).Agrees);

    [Fact]
    public void An_option_never_makes_equal_texts_differ() => Holds(
        Cases, at => !CanBeExpected(at.Checker, at.One) || at.Checker.Kind == CheckerKind.Exact
            || !OutputComparison.Compare(new() { Kind = at.Checker.Kind }, at.One, at.Other).Agrees
            || OutputComparison.Compare(at.Checker, at.One, at.Other).Agrees);

    [Fact]
    public void Shuffled_lines_agree_where_order_does_not_count_and_one_that_is_changed_does_not() => Holds(
        from lines in Gen.Choose(-50, 50).ListOf()
        from shuffled in Gen.Shuffle(lines.ToArray())
        from tolerance in Gen.Elements(0.0, 0.25)
        select (lines.ToList(), shuffled.ToList(), tolerance),
        at =>
        {
            var (lines, shuffled, tolerance) = at;
            var checker = new Checker { Unordered = true, AbsoluteTolerance = tolerance };
            var same = OutputComparison.Compare(checker, string.Join('\n', lines), string.Join('\n', shuffled)).Agrees;
            if (lines.Count == 0)
            {
                return same;
            }

            shuffled[0] += 1;
            return same && !OutputComparison.Compare(checker, string.Join('\n', lines), string.Join('\n', shuffled)).Agrees;
        });

    [Fact]
    public void Numbers_that_are_moved_by_less_than_the_tolerance_agree_in_any_order() => Holds(
        from numbers in Gen.Choose(-1000, 1000).Two().ListOf()
        from shuffled in Gen.Shuffle(numbers.ToArray())
        select (numbers.ToList(), shuffled.ToList()),
        at => OutputComparison.Compare(
            new() { Kind = CheckerKind.Tokens, Unordered = true, AbsoluteTolerance = 0.1 },
            string.Join(' ', at.Item1.Select(pair => FormattableString.Invariant($"{pair.Item1 / 64m}"))),
            string.Join(' ', at.Item2.Select(pair => FormattableString.Invariant($"{(pair.Item1 / 64m) + (pair.Item2 / 10000m)}")))).Agrees);

    [Fact]
    public void A_hedged_output_holds_the_expected_lines() => Holds(
        from before in Texts from expected in Texts from after in Texts select (before, expected, after),
        at => string.IsNullOrWhiteSpace(at.expected) || string.IsNullOrWhiteSpace(at.after) || at.expected.TrimStart().Length != at.expected.Length
            || HedgedOutput.Holds(new(), at.expected, $"{at.before}\n{at.expected}\n{at.after}"));
}
