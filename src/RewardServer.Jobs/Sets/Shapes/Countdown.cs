using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Completions.Puzzles;

namespace RewardServer.Jobs.Sets.Shapes;

/// <summary>Countdown as TinyZero's set has it: <c>target</c>, and <c>nums</c>, all of which are to be used.</summary>
internal sealed class Countdown : ISetShape
{
    public string Name => "countdown";

    public string Description => "target, nums";

    public bool Fits(Columns columns) => columns.Have("target", "nums");

    public SetRow Read(Columns columns)
    {
        var numbers = Numbers(columns, "nums");
        var target = columns.Whole("target");
        var puzzle = new CountdownPuzzle([.. numbers], target) { UseAll = true };
        var prompt = columns.Have("prompt")
            ? columns.Prompt("prompt")
            : $"Using the numbers [{string.Join(", ", numbers)}], create an equation that equals {target}. You can use +, -, *, / and each number once.";
        return new(RowIds.Of(columns), prompt, new LogicTask(puzzle));
    }

    /// <summary>A column of whole numbers.</summary>
    public static List<long> Numbers(Columns columns, string name) => [.. columns.List(name).Select(number =>
        number.ValueKind == JsonValueKind.Number && number.TryGetInt64(out var whole) ? whole : throw new RowException($"has '{columns.NameOf(name)}' that are no whole numbers"))];
}
