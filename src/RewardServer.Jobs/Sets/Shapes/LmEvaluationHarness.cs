using System.Globalization;
using System.Text.Json;
using RewardServer.Grading.Completions;

namespace RewardServer.Jobs.Sets.Shapes;

/// <summary>
/// Samples as lm-evaluation-harness logs them: the row of the set stands in <c>doc</c>, what models wrote in <c>resps</c>. A set whose rows are not known here is graded
/// against <c>target</c>, as mathematics. Each filter of a task has rows of its own with the same completions.
/// </summary>
/// <param name="inner">The shapes that a row may have.</param>
internal sealed class LmEvaluationHarness(Func<Columns, ISetShape?> inner) : ISetShape
{
    public string Name => "lm-eval";

    public string Description => "doc, target, resps (lm-evaluation-harness --log_samples)";

    public bool Fits(Columns columns) => columns.Have("doc", "resps");

    public SetRow Read(Columns columns)
    {
        if (columns.Find("resps") is { ValueKind: JsonValueKind.Array } responses && responses.EnumerateArray().Any(HasLikelihoods))
        {
            throw new RowException("has log-likelihoods in 'resps', and no text that a model wrote: of such a task (output_type loglikelihood or multiple_choice) nothing can be graded");
        }

        var document = columns.In(columns.Nested("doc"));
        var read = inner(document) is { } known ? known.Read(document) : OfTarget(columns);
        return read with { Id = read.Id ?? columns.TextOrNull("doc_id"), Inner = document.Fields, Filter = columns.TextOrNull("filter") };
    }

    // What one request came to: texts, or pairs of a likelihood and whether the text is the most likely, be they written as texts.
    private static bool HasLikelihoods(JsonElement request) => request.ValueKind == JsonValueKind.Array && request.EnumerateArray().Any(one =>
        one.ValueKind == JsonValueKind.Number || (one.ValueKind == JsonValueKind.Array && one.GetArrayLength() == 2 && IsNumber(one[0]) && IsTruth(one[1])));

    private static bool IsNumber(JsonElement value) => value.ValueKind == JsonValueKind.Number
        || (value.ValueKind == JsonValueKind.String && double.TryParse(JsonTexts.Of(value), NumberStyles.Float, CultureInfo.InvariantCulture, out _));

    private static bool IsTruth(JsonElement value) => value.ValueKind is JsonValueKind.True or JsonValueKind.False
        || (value.ValueKind == JsonValueKind.String && bool.TryParse(JsonTexts.Of(value), out _));

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
