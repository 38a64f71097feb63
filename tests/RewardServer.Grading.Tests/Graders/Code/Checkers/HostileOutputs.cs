using System.Text;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders.Code.Checkers;

namespace RewardServer.Grading.Tests.Graders.Code.Checkers;

/// <summary>Outputs made to break whoever compares them. With anything worse than sorting in it, none of these ends.</summary>
public sealed class HostileOutputs
{
    private const int Much = 1 << 20;

    private static readonly Checker[] All =
    [
        .. from kind in new[] { CheckerKind.Exact, CheckerKind.Lines, CheckerKind.Tokens, CheckerKind.Json }
           from unordered in new[] { false, true }
           from tolerance in new[] { 0, 1e-6 }
           select new Checker { Kind = kind, Unordered = unordered, AbsoluteTolerance = tolerance, IgnoreCase = unordered },
    ];

    public static TheoryData<string> Kinds => ["nul", "lines", "spaces", "tokens", "digits", "deep", "members", "exponent", "same", "broken", "commas"];

    private static string Output(string kind) => kind switch
    {
        "nul" => new('\0', Much),
        "lines" => new string('\n', Much) + "x",
        "spaces" => "x" + new string(' ', Much) + "x",
        "tokens" => string.Concat(Enumerable.Repeat("1 ", Much / 2)),
        "digits" => new('9', Much),
        "deep" => new string('[', Much),
        "members" => $"{{{string.Join(',', Enumerable.Range(0, 50_000).Select(i => $"\"{i}\":1"))}}}",
        "exponent" => "1e" + new string('9', Much),
        "same" => string.Concat(Enumerable.Repeat("a\n", Much / 2)),
        "broken" => new('\ud800', Much),
        _ => $"[{string.Concat(Enumerable.Repeat("1,", Much / 2))}1]",
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Are_wrong_answers_like_any_other(string kind)
    {
        var bytes = Encoding.UTF8.GetBytes(Output(kind));
        foreach (var checker in All)
        {
            Assert.InRange((OutputComparison.Compare(checker, "[1, 2]", bytes).Difference ?? "").Length, 1, 500);
        }

        Assert.False(HedgedOutput.Holds(new(), "a\na\nb", Encoding.UTF8.GetString(bytes)));
    }

    [Theory]
    [InlineData("same")]
    [InlineData("tokens")]
    [InlineData("members")]
    [InlineData("commas")]
    [InlineData("digits")]
    public void Are_compared_with_their_like(string kind)
    {
        var text = Output(kind);
        foreach (var checker in All)
        {
            if (OutputComparison.Unjudgeable(checker, text) is null)
            {
                Assert.True(OutputComparison.Compare(checker, text, text).Agrees);
            }
        }

        // Nearly the expected lines, over and over.
        Assert.False(HedgedOutput.Holds(new(), text + "\nb", text + "\n" + text));
    }
}
