using System.Text;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders.Code.Checkers;
using RewardServer.Grading.Graders.Code.TestRuns.Calls.Values;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Grading.Graders.Code.TestRuns.Calls;

/// <summary>Compares what became of a call with what should have.</summary>
/// <param name="test">What should have.</param>
/// <param name="limits">What the call may use.</param>
/// <param name="typesAreValues">Whether the language's values tell their types (<see cref="ComparisonRules.Of"/>).</param>
internal sealed class CallJudge(CallTest test, ResourceLimits limits, bool typesAreValues)
{
    private const int LongestReason = 300;

    public async Task<Judgement> JudgeAsync(CallReport report, SandboxPool sandbox, CancellationToken cancellation)
    {
        var judgement = report.Verb switch
        {
            "value" when ValueReader.Read(report.Text.Span, out _) is { } result => await OfResultAsync(result, sandbox, cancellation).ConfigureAwait(false),
            "raise" when RaisedException.Read(report.Text.Span) is { } raised => OfException(raised),
            "cannot" => new(TestStatus.WrongAnswer, Text(report)),
            "missing" => new(TestStatus.RuntimeError, Text(report)),
            "large" => new(TestStatus.OutputLimit, $"the result is larger than {limits.OutputKb} KiB"),
            "argument" => new(TestStatus.BrokenCheck, Text(report)),
            _ => CallRun.Forged,
        };
        return report.IsSuspect ? judgement with { MoreSignals = judgement.MoreSignals.Add(Signal.CheckTampering) } : judgement;
    }

    private async Task<Judgement> OfResultAsync(Value result, SandboxPool sandbox, CancellationToken cancellation)
    {
        if (test.Raises is { } type)
        {
            return new(TestStatus.WrongAnswer, $"the result is {ValueText.Show(result, LongestReason)} where {type} was to be raised");
        }

        if (test.Checker?.Program is { } program)
        {
            var (input, output) = (Encoding.UTF8.GetBytes(ValueWriter.Write(test.ArgumentList())), Encoding.UTF8.GetBytes(ValueWriter.Write(result)));
            return await new ProgramChecker(sandbox, program).JudgeAsync(input, output, Answer(), cancellation).ConfigureAwait(false);
        }

        var rules = ComparisonRules.Of(test.Types, test.Checker, typesAreValues);
        return Compare(rules, result);
    }

    private Judgement Compare(ComparisonRules rules, Value result)
    {
        var (first, isGivenUp) = ((string?)null, false);
        foreach (var expected in test.ExpectedResults())
        {
            var comparison = new ValueComparison(rules);
            if (comparison.Difference(expected, result) is not { } difference)
            {
                return new(TestStatus.Passed, "the result is as expected");
            }

            first ??= difference;
            isGivenUp |= comparison.IsGivenUp;
        }

        // A test that was made for a property alone expects nothing.
        if (first is null)
        {
            return new(TestStatus.Passed, "the function returned");
        }

        var reason = test.Accepted.IsDefaultOrEmpty ? first : $"{first}, the first of {test.Accepted.Length} that are accepted";
        return new(TestStatus.WrongAnswer, reason, isGivenUp ? Signal.Budget : null);
    }

    private Judgement OfException(RaisedException raised) =>
        test.Raises is { } type && !raised.AtLoading && raised.Is(type) ? new(TestStatus.Passed, $"{type} was raised as expected")
            : raised.Is("SystemExit") ? new(TestStatus.EarlyExit, "the program exited before the function had returned", Signal.EarlyExit)
            : test.Raises is null || raised.AtLoading ? new(TestStatus.RuntimeError, $"the program raised {raised}")
            : new(TestStatus.WrongAnswer, $"the program raised {raised} where {test.Raises} was to be raised");

    private string Answer() => test.ExpectedResults().Select(ValueWriter.Write).FirstOrDefault() ?? "";

    private static string Text(CallReport report) => Shown.Head(Encoding.UTF8.GetString(report.Text.Span[..Math.Min(report.Text.Length, 4 * LongestReason)]), LongestReason);
}
