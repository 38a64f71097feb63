using RewardServer.Grading.Completions;

namespace RewardServer.Grading.Tests;

/// <summary>Short ways to write items.</summary>
internal static class Items
{
    public static Item Math(string completion, string answer, string prompt = "?") =>
        new() { Id = "1", Prompt = prompt, Completion = completion, Task = new MathTask(answer) };

    public static Item Code(string completion, params TestCase[] tests) =>
        new() { Id = "1", Prompt = "?", Completion = completion, Task = new CodeTask("python", [.. tests]) };

    public static Item WithLimits(this Item item, TestLimits limits) =>
        item with { Task = (CodeTask)item.Task with { Limits = limits } };
}
