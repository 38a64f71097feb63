using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Serialization;
using RewardServer.Grading.Completions;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Grading.Graders.Code.TestRuns;

/// <summary>What became of one test.</summary>
/// <param name="Index">Its place among the task's tests, from 0.</param>
/// <param name="Kind">Which kind of test: "stdio", "call", "check", "files", "interactive".</param>
/// <param name="Status">How it ended.</param>
/// <param name="Reason">One sentence for people.</param>
public sealed record TestReport(int Index, string Kind, TestStatus Status, string Reason)
{
    private const int ShownOutput = 1000;

    /// <summary>From 0 to 1: 1 where it passed, between them where a checker gave a part.</summary>
    public double Score { get; init; }

    /// <summary>Its group; absent where it has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Group { get; init; }

    /// <summary>Whether a program made it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Generated { get; init; }

    /// <summary>The start of what a generated test that did not pass gave to the program; absent for others.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Input { get; init; }

    /// <summary>What keeps the candidate from the verdict of a check; absent where the test has no check.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Integrity? Integrity { get; init; }

    /// <summary>Whether it is sure that the program compiled and was loaded whole: nothing more needs to ask.</summary>
    [JsonIgnore]
    internal bool Loaded { get; init; }

    /// <summary>The exit code; null where a signal ended the program.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The signal that ended the program; null where it exited.</summary>
    public int? Signal { get; init; }

    /// <summary>The start of what a program that did not pass printed.</summary>
    public string? Stdout { get; init; }

    /// <summary>The end of what a program that did not pass wrote to standard error.</summary>
    public string? Stderr { get; init; }

    /// <summary>Why the test is suspect.</summary>
    public ImmutableArray<string> Signals { get; init; } = [];

    /// <summary>What was measured: the one part that differs from run to run.</summary>
    public required TestMeasures Measured { get; init; }

    /// <summary>One that was not run, since an earlier one had failed.</summary>
    internal static TestReport NotRun(int index, TestCase test) =>
        new(index, test.Kind, TestStatus.NotRun, "an earlier test failed") { Group = test.Group, Generated = test.IsGenerated, Measured = new(0, 0, 0, 0) };

    /// <summary>One that was not run, since the program does not compile.</summary>
    internal static TestReport OfCompileError(int index, TestCase test, string error) =>
        new(index, test.Kind, TestStatus.CompileError, error) { Group = test.Group, Generated = test.IsGenerated, Measured = new(0, 0, 0, 0) };

    internal static TestReport Of(int index, TestCase test, Judgement judgement, RunResult run)
    {
        var passed = judgement.Status == TestStatus.Passed;
        return new(index, test.Kind, judgement.Status, judgement.Reason)
        {
            Score = judgement.Score,
            Group = test.Group,
            Generated = test.IsGenerated,
            Input = passed || !test.IsGenerated ? null : Shown.Head(test.InputText, ShownOutput),
            Integrity = judgement.Integrity,
            Loaded = judgement.Loaded,
            ExitCode = run.ExitCode,
            Signal = run.Signal,
            Stdout = passed ? null : Encoding.UTF8.GetString(run.Stdout.Span[..Math.Min(run.Stdout.Length, ShownOutput)]),
            Stderr = passed ? null : Encoding.UTF8.GetString(run.Stderr.Span[Math.Max(0, run.Stderr.Length - ShownOutput)..]),
            Signals = [.. judgement.Signal is { } signal ? judgement.MoreSignals.Add(signal) : judgement.MoreSignals],
            Measured = new(run.UserSeconds + run.SystemSeconds, run.WallSeconds, run.PeakMemoryMb, run.QueueSeconds),
        };
    }
}

/// <summary>What was measured of one test.</summary>
/// <param name="CpuSeconds">User plus system time of all its processes.</param>
/// <param name="WallSeconds">From start to end.</param>
/// <param name="PeakMemoryMb">The most memory held at once, in MiB.</param>
/// <param name="QueueSeconds">How long it waited for a slot; not part of the other times.</param>
public sealed record TestMeasures(double CpuSeconds, double WallSeconds, double PeakMemoryMb, double QueueSeconds);
