using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Completions.Puzzles;
using RewardServer.Grading.Sets.Tests;

namespace RewardServer.Jobs.Sets.Shapes;

/// <summary>
/// Sets prepared for verl, such as DAPO-Math (arXiv:2503.14476): <c>data_source</c>, <c>prompt</c> as messages, <c>reward_model.ground_truth</c> and <c>extra_info</c>. The
/// ground truth is a mathematical answer, tests of a program (<c>inputs</c>, <c>outputs</c>), or the numbers of a Countdown.
/// </summary>
internal sealed class Verl : ISetShape
{
    public string Name => "verl";

    public string Description => "data_source, prompt, reward_model with ground_truth, extra_info (DAPO-Math and other sets prepared for verl)";

    public bool Fits(Columns columns) => columns.Have("prompt", "reward_model");

    public SetRow Read(Columns columns)
    {
        var truth = columns.Nested("reward_model").TryGetProperty("ground_truth", out var value) && value.ValueKind != JsonValueKind.Null
            ? value
            : throw new RowException("has no 'reward_model.ground_truth'");
        var task = TaskOf(truth);
        return new(IdOf(columns), columns.Prompt("prompt"), task)
        {
            Gold = task is MathTask { Answer: { } answer } ? $"\\boxed{{{answer}}}" : null,
            Complete = task is CodeTask ? WrittenPrograms.Complete : null,
        };
    }

    // The index counts within a part of one source.
    private static string? IdOf(Columns columns)
    {
        if (columns.Find("extra_info") is null)
        {
            return RowIds.Of(columns);
        }

        var more = columns.In(columns.Nested("extra_info"));
        return more.TextOrNull("index") is not { } index ? RowIds.Of(columns)
            : more.Find("index") is { ValueKind: JsonValueKind.String } ? index
            : string.Join('/', ((string?[])[columns.TextOrNull("data_source"), more.TextOrNull("split"), index]).OfType<string>());
    }

    private static GradingTask TaskOf(JsonElement truth)
    {
        if (truth.ValueKind is JsonValueKind.Number)
        {
            return new MathTask(truth.GetRawText());
        }

        var text = truth.ValueKind == JsonValueKind.String ? JsonTexts.Of(truth) : null;
        var held = text is null ? truth : text.AsSpan().TrimStart().StartsWith("{") ? JsonPaths.Parsed(text) : null;
        return held is { ValueKind: JsonValueKind.Object } tests && InputOutputTests.Are(tests) ? Apps.TaskOf("reward_model.ground_truth", tests)
            : held is { ValueKind: JsonValueKind.Object } puzzle && puzzle.TryGetProperty("target", out _) && puzzle.TryGetProperty("numbers", out _) ? CountdownOf(puzzle)
            : text is not null ? new MathTask(text)
            : held is { ValueKind: JsonValueKind.Array } golds && golds.GetArrayLength() > 0 && golds.EnumerateArray().All(gold => gold.ValueKind == JsonValueKind.String)
                ? new MathTask { Answers = new([.. golds.EnumerateArray().Select(JsonTexts.Of)]) }
            : throw new RowException("has a 'reward_model.ground_truth' that is no answer, no list of answers, and no tests");
    }

    private static LogicTask CountdownOf(JsonElement puzzle)
    {
        var columns = new Columns(puzzle);
        return new(new CountdownPuzzle([.. Countdown.Numbers(columns, "numbers")], columns.Whole("target")) { UseAll = true });
    }
}
