using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders.Code.Generation.Properties;
using RewardServer.Grading.Graders.Code.TestRuns.Calls;
using RewardServer.Grading.Graders.Code.TestRuns.Check;
using RewardServer.Grading.Graders.Code.TestRuns.Check.Shared;
using RewardServer.Grading.Graders.Code.TestRuns.Files;
using RewardServer.Grading.Graders.Code.TestRuns.Interactive;
using RewardServer.Grading.Graders.Code.TestRuns.Stdio;

namespace RewardServer.Grading.Graders.Code.TestRuns;

/// <summary>Makes a run of a test. A new kind of test is one folder beside this file and one line in it.</summary>
internal static class TestRun
{
    /// <param name="program">The candidate's program.</param>
    /// <param name="test">The test.</param>
    /// <param name="surroundings">What a test may need beside the two.</param>
    public static ITestRun Of(CandidateProgram program, TestCase test, Surroundings surroundings) => test switch
    {
        StdioTest stdio => new StdioRun(program, stdio, stdio.Checker ?? surroundings.Task.Checker ?? new()),
        FilesTest files => new FilesRun(program, files, files.Checker ?? surroundings.Task.Checker ?? new()),
        InteractiveTest interactive => new InteractiveRun(program, interactive),
        CallTest call => new CallRun(program, call),
        CheckTest check when SharedCheckDrivers.All.ContainsKey(program.Language.Name) => new SharedCheckRun(program, check),
        CheckTest check => new CheckRun(program, check, surroundings.Prompt),
        PropertyTest property => new PropertyRun(program, property, (IMeasurableRun)Of(program, property.Inner, surroundings)),
        var other => throw new NotSupportedException($"no runner for a test of type {other.GetType().Name}"),
    };
}

/// <summary>What a test may need beside itself and the program.</summary>
/// <param name="Task">The task.</param>
/// <param name="Prompt">The text that the model was asked; empty where there is none.</param>
internal sealed record Surroundings(CodeTask Task, string Prompt);
