using System.Collections.Immutable;
using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders;
using RewardServer.Jobs.Reports;
using RewardServer.Jobs.Results;
using RewardServer.Jobs.Running;

namespace RewardServer.Jobs.Checking;

/// <summary>Checks one row: its golds must be accepted, and those of its neighbours must not.</summary>
/// <param name="grading">Grades by accuracy alone.</param>
/// <param name="whyNot">Why programs of a language cannot be run here; null where they can.</param>
internal sealed class RowCheck(IGrading grading, Func<string, string?>? whyNot)
{
    private const int ShownGold = 200;

    /// <summary>What is to be told of the row; empty where all is well.</summary>
    public async Task<ImmutableArray<CheckFinding>> FindingsAsync(NeighbouredRow neighboured, CancellationToken cancellation)
    {
        var (row, others) = (neighboured.Row, neighboured.Others);
        if (row.Error is { } error)
        {
            return [Told(row, CheckResult.Unjudged, error)];
        }

        if (row.Golds.IsEmpty)
        {
            return [Told(row, CheckResult.Untried, "no gold is known of this kind of row: there is nothing to check the task with")];
        }

        if (WhyNotHere(row) is { } missing)
        {
            return [Told(row, CheckResult.Untried, missing)];
        }

        var lines = await GradeAsync(row, [.. row.Golds, .. others.Take(1).Select(other => ForeignGold.For(row, other))], cancellation).ConfigureAwait(false);
        var own = lines.Take(row.Golds.Length).ToImmutableArray();
        return Faults(row, lines) is { IsEmpty: false } faults ? faults
            : own.FirstOrDefault(line => line.Outcome == Outcome.Skipped) is { } skipped ? [Told(row, CheckResult.Unjudged, ReasonOf(skipped))]
            : Together(Refused(row, own), others.Length > 0 && IsAccepted(lines[^1]) ? await AcceptedAsync(row, others, cancellation).ConfigureAwait(false) : []);
    }

    private string? WhyNotHere(GoldRow row) =>
        row.Asked!.Task is CodeTask task ? LanguagesOf(task).Select(language => whyNot?.Invoke(language)).FirstOrDefault(reason => reason is not null) : null;

    private static IEnumerable<string> LanguagesOf(CodeTask task) =>
    [
        task.Language,
        .. task.Checker?.Program is { } program ? (string[])[program.Language] : [],
        .. task.Tests.OfType<StdioTest>().Select(test => test.Checker?.Program?.Language).OfType<string>(),
        .. task.Tests.OfType<InteractiveTest>().Select(test => test.Interactor.Language),
    ];

    // That a gold is like another says nothing where the task refuses its own.
    private static ImmutableArray<CheckFinding> Together(ImmutableArray<CheckFinding> refused, ImmutableArray<CheckFinding> accepted) =>
        refused.IsEmpty ? accepted : [.. refused, .. accepted.Where(finding => finding.What != CheckResult.Alike)];

    private static ImmutableArray<CheckFinding> Refused(GoldRow row, ImmutableArray<ResultLine> own) =>
        own.FirstOrDefault(line => !IsAccepted(line)) is { } refused ? [Told(row, CheckResult.GoldRefused, ReasonOf(refused))] : [];

    // The nearest neighbour's gold was accepted. Where a further one is refused, the two are one answer in two writings.
    private async Task<ImmutableArray<CheckFinding>> AcceptedAsync(GoldRow row, ImmutableArray<GoldRow> others, CancellationToken cancellation)
    {
        var further = others[1..];
        var lines = await GradeAsync(row, [.. further.Select(other => ForeignGold.For(row, other))], cancellation).ConfigureAwait(false);
        if (Faults(row, lines) is { IsEmpty: false } faults)
        {
            return faults;
        }

        var nearest = others[0];
        var refusing = lines.ToList().FindIndex(line => !IsAccepted(line));
        var (what, reason) = refusing >= 0
            ? (CheckResult.Alike, $"accepts the gold of row {nearest.Number}, and not that of row {further[refusing].Number}: the first two are one answer in two writings{(row.Asked!.Task is CodeTask ? ", or the tests do not tell them apart" : "")}")
            : (CheckResult.NeighbourAccepted, further.IsEmpty
                ? $"accepts the gold of row {nearest.Number} as well, and there is no other gold near to tell whether it accepts everything"
                : $"accepts the golds of rows {string.Join(", ", others.Select(other => other.Number))} as well: it does not tell right from wrong");
        return [Told(row, what, reason) with { Neighbour = nearest.Number, NeighbourGold = Head(nearest.Text) }];
    }

    private Task<IReadOnlyList<ResultLine>> GradeAsync(GoldRow row, ImmutableArray<string> completions, CancellationToken cancellation) => completions.IsEmpty
        ? Task.FromResult<IReadOnlyList<ResultLine>>([])
        : grading.GradeAsync([.. completions.Select((completion, i) => new Sample(row.Number, i, row.Asking(completion, $"{row.Id}#{i}"), null))], cancellation);

    private static ImmutableArray<CheckFinding> Faults(GoldRow row, IReadOnlyList<ResultLine> lines) =>
        lines.FirstOrDefault(line => line.Outcome == Outcome.Failed) is { } failed ? [Told(row, CheckResult.Failed, ReasonOf(failed))] : [];

    private static bool IsAccepted(ResultLine line) => line is { Outcome: Outcome.Scored, Reward: >= 1 };

    private static string ReasonOf(ResultLine line)
    {
        var reader = new Utf8JsonReader(line.Json.Span);
        return GradedLine.Read(JsonElement.ParseValue(ref reader)).Line?.Reason ?? "no reason was given";
    }

    private static CheckFinding Told(GoldRow row, CheckResult what, string reason) => new(row.Number, row.Id, what, reason) { Gold = Head(row.Text) };

    private static string? Head(string? text) => text is null ? null
        : text.Length <= ShownGold ? text
        : $"{text[..(char.IsHighSurrogate(text[ShownGold - 1]) ? ShownGold - 1 : ShownGold)]}…";
}
