using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders;
using RewardServer.Jobs.Reports;
using RewardServer.Jobs.Results;
using RewardServer.Jobs.Running;

namespace RewardServer.Jobs.Checking;

/// <summary>What is told of a row, and whether only its own golds were tried.</summary>
/// <param name="Findings">What is told; empty where all is well.</param>
/// <param name="Alone">Whether no other row near has another gold that can be trusted.</param>
internal readonly record struct CheckedRow(ImmutableArray<CheckFinding> Findings, bool Alone);

/// <summary>Checks one row: its golds must be accepted, and those of its neighbours must not.</summary>
/// <param name="grading">Grades by accuracy alone.</param>
/// <param name="whyNot">Why programs of a language cannot be run here; null where they can.</param>
internal sealed class RowCheck(IGrading grading, Func<string, string?>? whyNot)
{
    private const int ShownGold = 200;

    // The first decides but for golds that are equal in another writing.
    private const int MostTried = 3;

    private readonly ConditionalWeakTable<GoldRow, Lazy<Task<ImmutableArray<CheckFinding>>>> own = [];

    /// <summary>What is to be told of the row.</summary>
    public async Task<CheckedRow> CheckAsync(NeighbouredRow neighboured, CancellationToken cancellation)
    {
        var (row, others) = (neighboured.Row, neighboured.Others);
        var ofOwn = await OfOwnAsync(row, cancellation).ConfigureAwait(false);
        if (ofOwn.Any(finding => finding.What != CheckResult.GoldRefused))
        {
            return new(ofOwn, others.IsEmpty && row is { Error: null, Golds.IsEmpty: false });
        }

        var (accepted, alone) = await OfOthersAsync(row, others, cancellation).ConfigureAwait(false);
        return new(Faulty(accepted) ? accepted : Together(ofOwn, accepted), alone);
    }

    // Once for a row, whether it is its own turn or a neighbour asks.
    private Task<ImmutableArray<CheckFinding>> OfOwnAsync(GoldRow row, CancellationToken cancellation) =>
        own.GetValue(row, asked => new(() => TryOwnAsync(asked, cancellation))).Value;

    private async Task<ImmutableArray<CheckFinding>> TryOwnAsync(GoldRow row, CancellationToken cancellation)
    {
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

        var lines = await GradeAsync(row, row.Golds, cancellation).ConfigureAwait(false);
        return Faults(row, lines) is { IsEmpty: false } faults ? faults
            : lines.FirstOrDefault(line => line.Outcome == Outcome.Skipped) is { } skipped ? [Told(row, CheckResult.Unjudged, ReasonOf(skipped))]
            : lines.FirstOrDefault(line => !IsAccepted(line)) is { } refused ? [Told(row, CheckResult.GoldRefused, ReasonOf(refused))]
            : [];
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

    // A neighbour whose own task does not accept its gold says nothing: that it is refused here may be its own fault. Where the nearest is accepted and a further
    // one is refused, the first two are one answer in two writings.
    private async Task<(ImmutableArray<CheckFinding> Findings, bool Alone)> OfOthersAsync(GoldRow row, ImmutableArray<GoldRow> others, CancellationToken cancellation)
    {
        var accepted = new List<GoldRow>();
        foreach (var other in others)
        {
            if (accepted.Count == MostTried)
            {
                break;
            }

            if (!(await OfOwnAsync(other, cancellation).ConfigureAwait(false)).IsEmpty)
            {
                continue;
            }

            var lines = await GradeAsync(row, [ForeignGold.For(row, other)], cancellation).ConfigureAwait(false);
            if (Faults(row, lines) is { IsEmpty: false } faults)
            {
                return (faults, false);
            }

            if (!IsAccepted(lines[0]))
            {
                return (accepted is [var alike, ..] ? [Alike(row, alike, other)] : [], false);
            }

            accepted.Add(other);
        }

        return accepted is [var nearest, ..] ? ([Accepting(row, nearest, accepted)], false) : ([], true);
    }

    private static CheckFinding Alike(GoldRow row, GoldRow nearest, GoldRow refused) => OfNeighbour(row, nearest, CheckResult.Alike,
        $"accepts the gold of row {nearest.Number}, and not that of row {refused.Number}: the first two are one answer in two writings{(row.Asked!.Task is CodeTask ? ", or the tests do not tell them apart" : "")}");

    private static CheckFinding Accepting(GoldRow row, GoldRow nearest, List<GoldRow> accepted) => OfNeighbour(row, nearest, CheckResult.NeighbourAccepted, accepted.Count == 1
        ? $"accepts the gold of row {nearest.Number} as well, and there is no other gold near to tell whether it accepts everything"
        : $"accepts the golds of rows {string.Join(", ", accepted.Select(other => other.Number))} as well: it does not tell right from wrong");

    private static CheckFinding OfNeighbour(GoldRow row, GoldRow nearest, CheckResult what, string reason) =>
        Told(row, what, reason) with { Neighbour = nearest.Number, NeighbourGold = Head(nearest.Text) };

    private Task<IReadOnlyList<ResultLine>> GradeAsync(GoldRow row, ImmutableArray<string> completions, CancellationToken cancellation) =>
        grading.GradeAsync([.. completions.Select((completion, i) => new Sample(row.Number, i, row.Asking(completion, $"{row.Id}#{i}"), null))], cancellation);

    private static ImmutableArray<CheckFinding> Faults(GoldRow row, IReadOnlyList<ResultLine> lines) =>
        lines.FirstOrDefault(line => line.Outcome == Outcome.Failed) is { } failed ? [Told(row, CheckResult.Failed, ReasonOf(failed))] : [];

    private static bool Faulty(ImmutableArray<CheckFinding> findings) => findings.Any(finding => finding.What == CheckResult.Failed);

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
