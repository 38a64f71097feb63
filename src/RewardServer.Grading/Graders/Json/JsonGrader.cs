using System.Collections.Immutable;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Extraction;
using RewardServer.Grading.Graders.Code.Checkers;
using RewardServer.Grading.Graders.Json.Schemas;

namespace RewardServer.Grading.Graders.Json;

/// <summary>Scores 1 where the answer is JSON that equals the gold, or one of theirs, and holds to the schema, as far as there are any; else 0.</summary>
/// <param name="tags">The tags of the rubric, which tell the thinking from the response.</param>
/// <param name="places">Where the answer is looked for.</param>
internal sealed class JsonGrader(ThinkTags tags, AnswerPlaces places)
{
    private readonly JsonSearch search = new(tags, places);

    /// <summary>Grades one item.</summary>
    public Verdict Grade(Item item, JsonTask task)
    {
        var schema = task.Schema is { } written ? Schema.Read(written.GetRawText()) : null;
        if (schema?.Fault is { } unusable)
        {
            return Verdict.Skipped($"the schema (task.schema) {unusable}");
        }

        var golds = Golds(task, schema, out var fault);
        if (fault is not null)
        {
            return Verdict.Skipped(fault);
        }

        var opens = Opens(golds);
        var response = Response.Of(item, tags);
        var answer = search.Find(response.Text, opens);
        var isCutOff = answer is not null && !CutOffText.Keeps(item, response.Text, answer.Text, text => search.Find(text, opens)?.Text);
        if (answer is null || isCutOff)
        {
            var none = isCutOff ? AnswerSearch.WasCutOff : search.Find(response.Thinking, opens) is null ? AnswerSearch.None(marked: false) : AnswerSearch.OnlyInThinking;
            return none with { Details = AnswerDetails.Of(null, null, null, golds) };
        }

        var (wrong, cutOff) = Fault(answer.Text, golds, schema, task);
        return Verdict.Scored(wrong is null ? 1 : 0, wrong ?? Right(golds, schema)) with
        {
            Details = AnswerDetails.Of(answer.Text, answer.Source, null, golds),
            Signals = [.. cutOff ? [Signal.Budget] : Array.Empty<string>(), .. answer.Distinct > 1 ? [Signal.SeveralAnswerBlocks] : Array.Empty<string>()],
        };
    }

    // Golds that the schema does not allow, or that name a member twice, are passed over as long as one is left.
    private static ImmutableArray<string> Golds(JsonTask task, Schema? schema, out string? fault)
    {
        fault = null;
        var golds = ImmutableArray.CreateBuilder<string>();
        foreach (var gold in task.Golds.Select(gold => gold.GetRawText()))
        {
            var tree = JsonTree.Read(gold, out var wrong);
            wrong = tree is not null && schema?.Check(tree) is { Holds: false } check ? $"does not hold to the schema: {check.Fault}" : wrong;
            if (wrong is null)
            {
                golds.Add(gold);
            }

            fault ??= wrong is null ? null : $"the gold answer {wrong} (task.{(task.Answers is null ? "answer" : "answers")})";
        }

        fault = golds.Count > 0 ? null : fault;
        return golds.ToImmutable();
    }

    private static char Opens(ImmutableArray<string> golds)
    {
        var first = golds.Select(gold => gold.AsSpan().TrimStart()[0]).Distinct().ToArray();
        return first is ['{'] or ['['] ? first[0] : '\0';
    }

    private static string Right(ImmutableArray<string> golds, Schema? schema) =>
        golds.IsEmpty ? "the answer holds to the schema" : schema is null ? "the answer is the same JSON" : "the answer is the same JSON, and holds to the schema";

    private static (string? Fault, bool CutOff) Fault(string answer, ImmutableArray<string> golds, Schema? schema, JsonTask task)
    {
        if (JsonTree.Read(answer, out var malformed) is not { } value)
        {
            return ($"the answer {malformed}", false);
        }

        if (schema?.Check(value) is { Holds: false } check)
        {
            return ($"the answer does not hold to the schema: {check.Fault}", check.CutOff);
        }

        var (unordered, tolerance, cutOff) = (task.Arrays == ArrayOrder.Unordered, new Tolerance(task.AbsoluteTolerance, task.RelativeTolerance), false);
        foreach (var gold in golds)
        {
            var equality = new JsonEquality(unordered, tolerance);
            if (equality.AreEqual(JsonTree.Read(gold, out _)!, value))
            {
                return (null, false);
            }

            cutOff |= equality.Exhausted;
        }

        return golds.IsEmpty ? (null, false) : (Difference(golds, answer, unordered, tolerance), cutOff);
    }

    private static string Difference(ImmutableArray<string> golds, string answer, bool unordered, Tolerance tolerance) =>
        golds.Length == 1 && !unordered && JsonComparison.Compare(new TextRule(ignoreCase: false, tolerance), unordered: false, golds[0], answer, "the answer").Difference is { } difference
            ? difference : "the answer is other JSON";
}
