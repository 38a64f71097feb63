using System.Text;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Grading.Graders.Code.TestRuns.Check;

/// <summary>Reads the driver's report: how the check ended, whether in one process or two, and whether something was suspicious.</summary>
internal static class CheckVerdict
{
    private const string TooEarly = "the program exited before the check had run to its end";

    // By which programs end that fail of themselves; others are sent.
    private static readonly int[] OwnSignals = [4, 6, 7, 8, 11];

    /// <summary>How a run of a check counts.</summary>
    public static Judgement Of(RunResult run, string nonce, ResourceLimits limits)
    {
        var lines = Encoding.UTF8.GetString(run.Report.Span).Split('\n');
        var crash = RunExplanation.Of(run, limits);
        var judgement = crash is { Status: not TestStatus.RuntimeError } limit ? limit : Of(lines[0], nonce, crash, run.Signal);
        var shared = lines.Length > 1 && lines[1] == "shared";
        var suspicious = lines.Length > 2 && lines[2] == "suspicious" && judgement.Signal != Signal.CheckTampering;
        return judgement with
        {
            Integrity = shared ? Integrity.Shared : Integrity.Separate,
            // Only then the driver goes on to the check, and tells what became of that.
            Loaded = judgement.Status is TestStatus.Passed or TestStatus.WrongAnswer || Word(lines[0], "raise ") is not null && judgement.Status == TestStatus.RuntimeError,
            MoreSignals = suspicious ? [Signal.CheckTampering] : [],
        };
    }

    private static Judgement Of(string report, string nonce, Judgement? crash, int? signal) => report switch
    {
        "check does not compile" => new(TestStatus.BrokenCheck, "the check does not compile"),
        "prelude does not run" => new(TestStatus.BrokenCheck, "the check's prelude does not run"),
        "check has no check" => new(TestStatus.BrokenCheck, "the test defines no check, and checks nothing without one"),
        "check is never run" => new(TestStatus.BrokenCheck, "the test's check is a generator or a coroutine: called, it runs nothing"),
        "check has no test" => new(TestStatus.BrokenCheck, "the check holds no test"),
        "no pytest" => new(TestStatus.BrokenCheck, "pytest is not installed where Python programs run"),
        _ when Word(report, "no package ") is { } package => new(TestStatus.BrokenCheck, $"the check imports {package}, which is not installed where Python programs run"),
        "driver of another interpreter" or "driver failed" => new(TestStatus.Fault, "the check's driver could not start"),
        _ when report == $"done {nonce}" => crash ?? new(TestStatus.Passed, "the check ran to its end"),
        "" when crash is { } end => signal is { } number && !OwnSignals.Contains(number) ? end with { Signal = Signal.CheckTampering } : end,
        "" or "exit" => new(TestStatus.EarlyExit, TooEarly, Signal.EarlyExit),
        "no test ran" => new(TestStatus.WrongAnswer, "no test of the check ran"),
        "raise AssertionError" => new(TestStatus.WrongAnswer, "an assertion of the check failed"),
        _ when Word(report, "signal ") is { } number => new(TestStatus.RuntimeError, $"the program was ended by signal {number}"),
        _ when Word(report, "load ") is { } type => new(TestStatus.RuntimeError, $"the program raised {type} while it was loaded"),
        _ when Word(report, "raise ") is { } type => new(TestStatus.RuntimeError, $"the program raised {type}"),
        _ => Forged,
    };

    /// <summary>What a report is that no driver writes, or not of this candidate.</summary>
    public static Judgement Forged { get; } = new(TestStatus.RuntimeError, "the report of the check was forged", Signal.ForgedOutput);

    private static string? Word(string report, string before) =>
        report.StartsWith(before, StringComparison.Ordinal) && report.AsSpan(before.Length) is { Length: > 0 and <= 160 } word && !word.Contains(' ')
            ? word.ToString()
            : null;
}
