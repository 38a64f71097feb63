using System.Text.Json;
using RewardServer.Grading.Graders.Code;
using RewardServer.Grading.Graders.Code.TestRuns;

namespace RewardServer.Compatibility.SandboxFusion.Batch;

/// <summary>What <c>POST /common_evaluate_batch</c> gives (sandbox/datasets/types.py, EvalResult).</summary>
/// <param name="Id">The client's name for it, echoed; 0 where it gave none.</param>
/// <param name="Accepted">Whether every test passed.</param>
/// <param name="ExtractedCode">The program that was found; empty for none.</param>
/// <param name="Tests">Each test, up to the first that failed unless all were asked for.</param>
internal sealed record BatchResponse(object Id, bool Accepted, string ExtractedCode, IReadOnlyList<BatchTestResult> Tests)
{
    private const int ExitFailure = 1;

    /// <summary>Null: the program is run as it is.</summary>
    public string? FullCode { get; init; }

    /// <summary>Null: tests are no text here.</summary>
    public string? TestCode { get; init; }

    /// <summary>Null, as the fork gives it.</summary>
    public string? ExtractedType { get; init; }

    /// <summary>Null, as the fork gives it.</summary>
    public object? Extra { get; init; }

    /// <summary>The answer for a completion that was graded.</summary>
    /// <param name="request">The call.</param>
    /// <param name="accepted">Whether every test passed.</param>
    /// <param name="details">What became of the tests; those of a completion without a program are all failed.</param>
    /// <param name="tests">How many tests there are.</param>
    public static BatchResponse Of(BatchRequest request, bool accepted, CodeDetails? details, int tests)
    {
        var results = details is { Tests.IsEmpty: false }
            ? [.. details.Tests.TakeWhile(test => test.Status != TestStatus.NotRun).Select(Of)]
            : Enumerable.Repeat(new BatchTestResult(false, NoProgram), tests).ToList();
        object id = request.Id is { ValueKind: JsonValueKind.String or JsonValueKind.Number } given ? given : 0;
        return new(id, accepted, details?.Extracted ?? "", results);
    }

    private static RunCodeResponse NoProgram { get; } = new() { Status = RunCodeResponse.Failed, Message = "no program was found" };

    private static BatchTestResult Of(TestReport test)
    {
        var passed = test.Status == TestStatus.Passed;
        var late = test.Status is TestStatus.CpuTimeLimit or TestStatus.WallTimeLimit;
        int? code = late ? null : test.Signal is { } signal ? -signal : test.ExitCode ?? (passed ? 0 : ExitFailure);
        var result = new CommandResult(late ? CommandResult.TimeLimitExceeded : CommandResult.Finished, test.Measured.WallSeconds, code, test.Stdout ?? "", test.Stderr ?? "");
        var compiles = test.Status != TestStatus.CompileError;
        return new(passed, new()
        {
            Status = passed || (test.Status == TestStatus.WrongAnswer && code == 0) ? RunCodeResponse.Success : RunCodeResponse.Failed,
            Message = passed ? "" : test.Reason,
            CompileResult = compiles ? null : result with { ReturnCode = ExitFailure, Stderr = test.Reason },
            RunResult = compiles ? result : null,
        });
    }
}

/// <summary>One test of a batch.</summary>
/// <param name="Passed">Whether it passed.</param>
/// <param name="ExecInfo">How its run ended, with the start of what a program that did not pass printed.</param>
internal sealed record BatchTestResult(bool Passed, RunCodeResponse ExecInfo)
{
    /// <summary>Null: the client has its tests.</summary>
    public object? TestInfo { get; init; }
}
