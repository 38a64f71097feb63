using System.Text.Json;
using RewardServer.Grading.Graders.Code;
using RewardServer.Grading.Graders.Code.TestRuns;

namespace RewardServer.Compatibility.SandboxFusion.Submit;

/// <summary>What <c>/submit</c> gives (sandbox/datasets/types.py, EvalResult).</summary>
internal sealed record SubmitResponse
{
    /// <summary>The problem's name, as it came.</summary>
    public required JsonElement Id { get; init; }

    /// <summary>Whether every test passed.</summary>
    public required bool Accepted { get; init; }

    /// <summary>The program that was found, or the completion as far as it belongs to the function; empty for none.</summary>
    public string ExtractedCode { get; init; } = "";

    /// <summary>The program as it ran, with the check behind it; null where there is no check.</summary>
    public string? FullCode { get; init; }

    /// <summary>The check; null where there is none.</summary>
    public string? TestCode { get; init; }

    /// <summary>Each test, up to the first that did not pass unless all were asked for.</summary>
    public IReadOnlyList<SubmittedTest> Tests { get; init; } = [];

    /// <summary>How the program was found: "fenced", "incomplete_fenced", "heuristic", "empty"; null by the caller's own logic, and where none is looked for.</summary>
    public string? ExtractedType { get; init; }

    /// <summary>What else there is to tell; null for nothing.</summary>
    public IReadOnlyDictionary<string, string>? Extra { get; init; }
}

/// <summary>What became of one test.</summary>
/// <param name="Passed">Whether it passed.</param>
/// <param name="ExecInfo">How its run ended.</param>
/// <param name="TestInfo">What there is to tell of the test itself.</param>
internal sealed record SubmittedTest(bool Passed, RunCodeResponse ExecInfo, object? TestInfo)
{
    private static readonly Dictionary<string, string> NoFiles = [];

    /// <summary>That of a test that was run.</summary>
    /// <param name="tested">The test.</param>
    /// <param name="testInfo">What there is to tell of it.</param>
    public static SubmittedTest Of(TestedRun tested, object? testInfo) => new(tested.Passed, InfoOf(tested), testInfo);

    // A client takes a status of success for a check that held; a program that printed something else did run well.
    private static RunCodeResponse InfoOf(TestedRun tested)
    {
        var (report, reason) = (tested.Report, tested.Report.Reason);
        if (tested.Run is not { } run)
        {
            return new() { Status = RunCodeResponse.Failed, Message = reason };
        }

        var info = RunCodeResponse.Of(run, NoFiles);
        return tested.Passed ? info
            : report.Kind != "check" && report.Status is TestStatus.WrongAnswer or TestStatus.PartlyRight ? info with { Message = reason }
            : info with
            {
                Status = RunCodeResponse.Failed,
                Message = reason,
                RunResult = info.RunResult is { ReturnCode: 0 } well ? well with { ReturnCode = 1 } : info.RunResult,
            };
    }
}
