using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Sets.Tests;

namespace RewardServer.Jobs.Sets.Shapes;

/// <summary>
/// APPS (Hendrycks et al. 2021, arXiv:2105.09938) and TACO (arXiv:2312.14852): <c>question</c>, and <c>input_output</c> with <c>inputs</c>, <c>outputs</c> and perhaps
/// <c>fn_name</c>, mostly written out in a text; <c>solutions</c> likewise.
/// </summary>
internal sealed class Apps : ISetShape
{
    public string Name => "apps";

    public string Description => "question, input_output with inputs and outputs (APPS, TACO)";

    public bool Fits(Columns columns) => columns.Have("question", "input_output");

    public SetRow Read(Columns columns)
    {
        var tests = columns.IsBlank("input_output") ? throw new RowException("has no tests: its 'input_output' is empty") : columns.Nested("input_output");
        var starter = columns.TextOrNull("starter_code");
        return new(RowIds.Of(columns), string.IsNullOrEmpty(starter) ? columns.Text("question") : $"{columns.Text("question")}\n\n{starter}", TaskOf(columns.NameOf("input_output"), tests))
        {
            Gold = Solution(columns),
            Complete = WrittenPrograms.Complete,
        };
    }

    /// <summary>The task of tests that stand in a column.</summary>
    /// <exception cref="RowException">They cannot be read.</exception>
    public static CodeTask TaskOf(string column, JsonElement tests)
    {
        try
        {
            var (task, error) = InputOutputTests.Are(tests) ? InputOutputTests.Read(tests) : (null, ("", "must have inputs and outputs"));
            return task ?? throw new RowException($"{JsonPaths.Below(column, error!.Value.Path)} {error.Value.Message}");
        }
        catch (InvalidOperationException)
        {
            throw new RowException($"{column} holds half of a character");
        }
    }

    private static string? Solution(Columns columns) => columns.Find("solutions") is null || columns.IsBlank("solutions") ? null
        : columns.List("solutions") is [{ ValueKind: JsonValueKind.String } first, ..] ? WrittenPrograms.Fenced(JsonTexts.Of(first)) : null;
}
