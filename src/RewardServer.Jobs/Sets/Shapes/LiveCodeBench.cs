using System.Collections.Immutable;
using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Sets.Tests;

namespace RewardServer.Jobs.Sets.Shapes;

/// <summary>
/// LiveCodeBench (Jain et al. 2024, arXiv:2403.07974): <c>question_content</c>, <c>starter_code</c>, tests that the prompt shows and others, which may be packed, and
/// <c>metadata</c> with the name of a function where one is called.
/// </summary>
internal sealed class LiveCodeBench : ISetShape
{
    public string Name => "livecodebench";

    public string Description => "question_id, question_content, public_test_cases, private_test_cases, metadata, starter_code";

    public bool Fits(Columns columns) => columns.Have("question_content") && (columns.Have("public_test_cases") || columns.Have("private_test_cases"));

    public SetRow Read(Columns columns)
    {
        var function = columns.Find("metadata") is { } metadata ? LiveCodeBenchTests.FunctionOf(metadata) : null;
        var shown = Tests(columns, "public_test_cases", function).Select(test => test with { Visible = true });
        var tests = shown.Concat(Tests(columns, "private_test_cases", function)).ToImmutableArray();
        var starter = columns.TextOrNull("starter_code");
        return new(RowIds.Of(columns), string.IsNullOrEmpty(starter) ? columns.Text("question_content") : $"{columns.Text("question_content")}\n\n{starter}", new CodeTask("python", tests))
        {
            Complete = WrittenPrograms.Complete,
        };
    }

    private static ImmutableArray<TestCase> Tests(Columns columns, string name, string? function)
    {
        if (columns.Find(name) is not { } value || columns.IsBlank(name) || IsEmpty(value))
        {
            return [];
        }

        var (task, error) = LiveCodeBenchTests.Read(value, function);
        return task?.Tests ?? throw new RowException($"{JsonPaths.Below(columns.NameOf(name), error!.Value.Path)} {error.Value.Message}");
    }

    private static bool IsEmpty(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? value.GetArrayLength() == 0 : value.ValueKind == JsonValueKind.String && JsonTexts.Of(value).Trim() == "[]";
}
