using System.Collections.Immutable;
using System.Globalization;
using RewardServer.Cli.Train;
using RewardServer.Jobs.Replaying;
using RewardServer.Jobs.Results;

namespace RewardServer.Cli.Replay;

/// <summary>What a replay tells a person: the first changes, how many there are of each kind, and what may have made them.</summary>
internal sealed class ReplayListing
{
    private const int Shown = 50;
    private const int ReasonCharacters = 300;

    private static readonly ImmutableSortedDictionary<ChangeKind, string> Kinds = ImmutableSortedDictionary.CreateRange<ChangeKind, string>(
    [
        new(ChangeKind.NotInInput, "are in the results and not in the input"),
        new(ChangeKind.NotInResults, "are in the input and not in the results"),
        new(ChangeKind.OtherInput, "have another name or completion in the input: it is not what was graded"),
        new(ChangeKind.Outcome, "have another outcome"),
        new(ChangeKind.Reward, "have another reward"),
        new(ChangeKind.Score, "have the same reward, and a component with another score or outcome"),
        new(ChangeKind.Reason, "have the same scores, and another reason"),
    ]);

    private readonly List<ReplayChange> changes = [];
    private ReplayTally tally = ReplayTally.Start;

    /// <summary>One line for the progress bar.</summary>
    public static string Line(ReplayTally tally) => string.Create(CultureInfo.InvariantCulture, $"{tally.Samples} graded again, {tally.Changes.Values.Sum()} changed");

    /// <summary>Tells what the replay has come to.</summary>
    public void Set(ReplayTally sofar) => tally = sofar;

    public void Add(ReplayChange change)
    {
        if (changes.Count < Shown)
        {
            changes.Add(change);
        }
    }

    /// <summary>Writes it.</summary>
    /// <param name="output">Where.</param>
    /// <param name="now">By what was graded again.</param>
    /// <param name="brokeOff">Whether a side could not be read to its end: that a row is on one side alone is then not known, and not told.</param>
    public async Task WriteAsync(TextWriter output, RunIdentity now, bool brokeOff)
    {
        foreach (var line in changes.Where(change => !brokeOff || IsKnown(change.Kind)).OrderBy(change => (change.Row, change.Sample)).SelectMany(Lines))
        {
            await output.WriteLineAsync(line);
        }

        if (!brokeOff && tally.Changes.Values.Sum() > changes.Count)
        {
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{tally.Changes.Values.Sum() - changes.Count} more changes: --output FILE has them all"));
        }

        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{tally.Samples} samples graded again{(brokeOff ? ", and then it broke off" : tally.Samples == 0 ? ": nothing could be compared" : tally.HasChanges ? "" : ": nothing has changed")}"));
        foreach (var (kind, count) in tally.Changes.Where(change => !brokeOff || IsKnown(change.Key)))
        {
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {count} {Kinds[kind]}"));
        }

        foreach (var line in Causes(now))
        {
            await output.WriteLineAsync(line);
        }
    }

    private static bool IsKnown(ChangeKind kind) => kind is not (ChangeKind.NotInInput or ChangeKind.NotInResults);

    private IEnumerable<string> Causes(RunIdentity now)
    {
        var others = tally.Identities.Remove(now);
        foreach (var was in others)
        {
            yield return was.RubricHash != now.RubricHash
                ? $"The rubric is another: {was.Rubric} ({was.RubricHash}) then, {now.Rubric} ({now.RubricHash}) now{May}"
                : was.Engine != now.Engine
                ? $"The engine is another: {was.Engine} then, {now.Engine} now{May}"
                : $"The rubric has another name: {was.Rubric} then, {now.Rubric} now; by its content it is the same.";
            if (was.RubricHash != now.RubricHash && was.Engine != now.Engine)
            {
                yield return $"The engine is another, too: {was.Engine} then, {now.Engine} now.";
            }
        }

        if (others.IsEmpty && tally.Changes.Keys.Any(kind => kind > ChangeKind.OtherInput))
        {
            yield return $"Rubric and engine are the same ({now.Rubric}, {now.Engine}): the input has changed, or what a grader depends on outside it, such as a judge or the sandbox's languages.";
        }
    }

    private string May => tally.HasChanges ? "; this may be why." : ".";

    private static IEnumerable<string> Lines(ReplayChange change)
    {
        var name = $"row {change.Row}, sample {change.Sample}{(change.Id is { } id ? $" ({Cut(id)})" : "")}";
        if (change is not { Was: { } was, Now: { } now })
        {
            yield return $"{name}: {(change.Kind == ChangeKind.NotInInput ? "not in the input" : "not in the results")}";
            yield break;
        }

        yield return change.Kind switch
        {
            ChangeKind.Outcome => $"{name}: {was.Outcome} → {now.Outcome}",
            ChangeKind.Reward => string.Create(CultureInfo.InvariantCulture, $"{name}: reward {was.Reward} → {now.Reward}"),
            ChangeKind.OtherInput => $"{name}: another name or completion",
            _ => $"{name}: the same reward",
        };
        if (was.Reason != now.Reason)
        {
            yield return $"    {Cut(was.Reason)} → {Cut(now.Reason)}";
        }

        foreach (var component in was.Components.Concat(now.Components).Select(component => component.Name).Distinct())
        {
            yield return $"    {Cut(component)}: {Of(was, component)} → {Of(now, component)}";
        }
    }

    private static string Of(ReplayedItem item, string name) => item.Components.FirstOrDefault(component => component.Name == name) is not { } component ? "not there"
        : string.Create(CultureInfo.InvariantCulture, $"{(component.Score is { } score ? $"{score}" : component.Outcome)}, {Cut(component.Reason)}{(component.Signals.Length > 0 ? $" [{Cut(component.Signals)}]" : "")}");

    private static string Cut(string? text) => text is null ? "no reason" : TerminalText.Beginning(text.ReplaceLineEndings(" ⏎ "), 1, ReasonCharacters);
}
