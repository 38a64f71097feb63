using System.Text;
using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Extraction;
using RewardServer.Grading.Graders.Code.Parsing;
using RewardServer.Grading.Graders.Code.TestRuns;
using RewardServer.Sandboxing.Pooling;

namespace RewardServer.Grading.Graders.Code;

/// <summary>When two programs are the same work, and whether what was found of one may be told of the next.</summary>
internal static class ProgramKey
{
    /// <summary>The key of a program on its task; null where it is to be run each time.</summary>
    /// <param name="item">The item, whose prompt counts.</param>
    /// <param name="task">Its task.</param>
    /// <param name="options">How its tests are run and scored; null where none are.</param>
    /// <param name="found">The program.</param>
    public static string? Of(Item item, CodeTask task, CodeOptions? options, ProgramText found) =>
        item.Anew || task.Generated is { Fresh: true } ? null : ContentKey.Of(
        [
            JsonSerializer.SerializeToUtf8Bytes<GradingTask>(task, ItemJson.Options),
            JsonSerializer.SerializeToUtf8Bytes(options, ItemJson.Options),
            // Helpers that a prompt shows stand beside a check.
            Encoding.Unicode.GetBytes(item.Prompt.LastOf("user") ?? ""),
            JsonSerializer.SerializeToUtf8Bytes(found, ItemJson.Options),
        ]);

    /// <summary>About how many bytes a verdict takes; null where running the program again might find something else.</summary>
    public static long? BytesToKeep(Verdict verdict) =>
        verdict.Outcome == Outcome.Failed || verdict.Details is not CodeDetails details || details.MayDiffer || details.Tests.Any(DependsOnTheClock) ? null
            : 4096 + (4L * details.Program!.Files.Sum(file => file.Content.Length)) + details.Tests.Sum(test => 1024 + (2L * (test.Reason.Length + (test.Stdout?.Length ?? 0) + (test.Stderr?.Length ?? 0) + (test.Input?.Length ?? 0))));

    /// <summary>About how many bytes it takes what is told of a program before it runs; null where another look might find something else.</summary>
    public static long? BytesToKeep(CompletenessReport report) => report.MayDiffer ? null : 512 + (2L * (report.Error?.Length ?? 0));

    private static bool DependsOnTheClock(TestReport test) => test.Status is TestStatus.CpuTimeLimit or TestStatus.WallTimeLimit or TestStatus.SlotBreaker;
}
