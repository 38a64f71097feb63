using System.Collections.Immutable;
using System.Globalization;
using RewardServer.Cli.Train;
using RewardServer.Jobs.Checking;

namespace RewardServer.Cli.Check;

/// <summary>What a check tells a person: the rows that fail, apart from them those that cannot be judged, and what it came to.</summary>
internal sealed class CheckListing
{
    // Of each kind; beyond that a person wants the file.
    private const int Shown = 50;
    private const int ReasonCharacters = 400;

    private static readonly (CheckResult What, string Title)[] Kinds =
    [
        (CheckResult.GoldRefused, "whose own gold is refused: the gold or the tests are wrong, or the verifier is"),
        (CheckResult.NeighbourAccepted, "that accept the golds of other rows"),
        (CheckResult.Failed, "that could not be graded by a fault of ours"),
        (CheckResult.Unjudged, "that cannot be judged, and would be left out of training"),
        (CheckResult.Untried, "that could not be tried here, which is no fault of theirs"),
    ];

    private readonly Dictionary<CheckResult, List<CheckFinding>> found = Kinds.ToDictionary(kind => kind.What, _ => new List<CheckFinding>());
    private CheckTally tally = CheckTally.Start;

    /// <summary>One line for the progress bar.</summary>
    public static string Line(CheckTally tally) => string.Create(CultureInfo.InvariantCulture,
        $"{tally.Rows} rows, {tally.Passed} well, {tally.Refused + tally.Accepting + tally.Unjudged + tally.Failed} fail");

    /// <summary>Takes up what is told of a row, and what the check has come to with it.</summary>
    public void Add(ImmutableArray<CheckFinding> findings, CheckTally sofar)
    {
        tally = sofar;
        foreach (var finding in findings)
        {
            if (found.TryGetValue(finding.What, out var kind) && kind.Count < Shown)
            {
                kind.Add(finding);
            }
        }
    }

    public async Task WriteAsync(TextWriter output)
    {
        foreach (var (what, title) in Kinds)
        {
            await WriteAsync(output, found[what], CountOf(what), title);
        }

        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{tally.Rows} rows: {tally.Passed} well, {tally.Refused} refuse their own gold, {tally.Accepting} accept others', {tally.Unjudged} cannot be judged{(tally.Untried > 0 ? $", {tally.Untried} not tried" : "")}{(tally.Failed > 0 ? $", {tally.Failed} failed by a fault of ours" : "")}"));
        await NoteAsync(output, tally.Alike, "of them have the neighbour's gold in another writing, which is no fault");
        await NoteAsync(output, tally.Alone, "have no row with another gold near: only their own golds were tried");
        if (tally.Passed == 0)
        {
            await output.WriteLineAsync(tally.Rows == 0 ? "there are no rows" : "no row is well: nothing is known of this set");
        }
    }

    private static async Task WriteAsync(TextWriter output, List<CheckFinding> findings, long count, string title)
    {
        if (count == 0)
        {
            return;
        }

        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? "row" : "rows")} {title}"));
        foreach (var finding in findings)
        {
            var name = finding.Id == $"row {finding.Row}" ? finding.Id : $"row {finding.Row} ({finding.Id})";
            await output.WriteLineAsync($"  {Cut(name)}: {Cut(finding.Reason)}");
            await GoldAsync(output, "gold", finding.Gold);
            await GoldAsync(output, $"gold of row {finding.Neighbour}", finding.NeighbourGold);
        }

        await NoteAsync(output, count - findings.Count, "more: --json FILE has them all");
        await output.WriteLineAsync();
    }

    private static Task GoldAsync(TextWriter output, string name, string? gold) =>
        gold is null ? Task.CompletedTask : output.WriteLineAsync($"    {name}: {Cut(gold)}");

    private long CountOf(CheckResult what) => what switch
    {
        CheckResult.GoldRefused => tally.Refused,
        CheckResult.NeighbourAccepted => tally.Accepting,
        CheckResult.Failed => tally.Failed,
        CheckResult.Untried => tally.Untried,
        _ => tally.Unjudged,
    };

    private static Task NoteAsync(TextWriter output, long count, string note) =>
        count > 0 ? output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{count} {note}")) : Task.CompletedTask;

    // On one line, whatever stands in the row: a program's error may have many.
    private static string Cut(string text) => TerminalText.Beginning(text.ReplaceLineEndings(" ⏎ "), 1, ReasonCharacters);
}
