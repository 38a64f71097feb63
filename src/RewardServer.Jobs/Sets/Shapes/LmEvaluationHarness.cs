using System.Text.Json;
using RewardServer.Grading.Completions;

namespace RewardServer.Jobs.Sets.Shapes;

/// <summary>
/// Samples as lm-evaluation-harness logs them: the row of the set stands in <c>doc</c>, what models wrote in <c>resps</c>. A set whose rows are not known here is graded
/// against <c>target</c>, as mathematics.
/// </summary>
/// <param name="inner">The shapes that a row may have.</param>
internal sealed class LmEvaluationHarness(Func<Columns, ISetShape?> inner) : ISetShape
{
    public string Name => "lm-eval";

    public string Description => "doc, target, resps (lm-evaluation-harness --log_samples)";

    public bool Fits(Columns columns) => columns.Have("doc", "resps");

    public SetRow Read(Columns columns)
    {
        var document = columns.In(columns.Nested("doc"));
        var read = inner(document) is { } known ? known.Read(document) : OfTarget(columns);
        return read with { Id = read.Id ?? columns.TextOrNull("doc_id") };
    }

    private static SetRow OfTarget(Columns columns)
    {
        var target = columns.Text("target");
        return new(null, Asked(columns), new MathTask(target)) { Gold = $"\\boxed{{{target}}}" };
    }

    // The first argument of the first request, by whatever name.
    private static string Asked(Columns columns)
    {
        var arguments = columns.Find("arguments");
        while (arguments is { ValueKind: JsonValueKind.Object or JsonValueKind.Array } nested)
        {
            arguments = nested.ValueKind == JsonValueKind.Array
                ? nested.EnumerateArray().Cast<JsonElement?>().FirstOrDefault()
                : nested.EnumerateObject().Select(member => (JsonElement?)member.Value).FirstOrDefault();
        }

        return arguments is { ValueKind: JsonValueKind.String } text ? JsonTexts.Of(text) : "";
    }
}
