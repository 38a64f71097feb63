using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Graders.Logic;

namespace RewardServer.Grading.Tests.Graders.Logic;

/// <summary>Short ways to grade answers to puzzles.</summary>
internal static class Puzzles
{
    /// <summary>Grades a completion of a task of kind "logic" with that puzzle, as JSON.</summary>
    public static Verdict Grade(string puzzle, string completion)
    {
        var task = (LogicTask)JsonSerializer.Deserialize<GradingTask>($$"""{"kind":"logic","puzzle":{{puzzle}}}""", ItemJson.Options)!;
        return new LogicGrader(new()).Grade(new() { Id = "1", Prompt = "?", Completion = completion, Task = task }, task);
    }

    /// <summary>The score of an answer in answer tags.</summary>
    public static double? Score(string puzzle, string answer) => Grade(puzzle, $"<think>hm</think><answer>{answer}</answer>").Score;

    /// <summary>Checks a property of what a seed makes. The seeds are fixed: the same commit passes or fails the same way everywhere.</summary>
    public static void Hold(Action<Random> property, int cases = 60) =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => property(new Random(seed))).Check(Config.QuickThrowOnFailure.WithMaxTest(cases).WithReplay(2026, 1129));

    /// <summary>A text as JSON.</summary>
    public static string Json<T>(T value) => JsonSerializer.Serialize(value);
}
