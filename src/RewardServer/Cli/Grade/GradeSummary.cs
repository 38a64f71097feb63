using System.Globalization;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Rubrics;
using Spectre.Console;

namespace RewardServer.Cli.Grade;

/// <summary>Counts what a run found. Not for several threads at once.</summary>
internal sealed class GradeSummary(Rubric rubric, TimeProvider time)
{
    private readonly long start = time.GetTimestamp();
    private readonly Dictionary<Outcome, int> outcomes = Enum.GetValues<Outcome>().ToDictionary(outcome => outcome, _ => 0);
    private readonly Dictionary<string, Mean> components = rubric.Components.ToDictionary(component => component.Name, _ => new Mean());
    private readonly Mean reward = new();

    /// <summary>Items that failed by a fault of ours.</summary>
    public int Failed => outcomes[Outcome.Failed];

    /// <summary>One line for the progress bar.</summary>
    public string Line => string.Create(CultureInfo.InvariantCulture,
        $"{Total} graded, {Total / Seconds:F0}/s, mean reward {reward}{(Failed > 0 ? $", {Failed} failed" : "")}");

    public void Add(GradedItem graded)
    {
        outcomes[graded.Outcome]++;
        reward.Add(graded.Reward);
        foreach (var component in graded.Components)
        {
            components[component.Name].Add(component.Score);
        }
    }

    /// <summary>Writes the table.</summary>
    public void Write(IAnsiConsole console)
    {
        var table = new Table().AddColumn("").AddColumn(new TableColumn("items").RightAligned()).AddColumn(new TableColumn("mean").RightAligned());
        foreach (var (outcome, count) in outcomes)
        {
            Row(table, outcome.ToString().ToLowerInvariant(), count, outcome == Outcome.Scored ? $"{reward}" : "");
        }

        table.AddEmptyRow();
        foreach (var (name, mean) in components)
        {
            Row(table, name, mean.Count, $"{mean}");
        }

        console.Write(table);
        console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"{Total} items in {Seconds:F1} s, {Total / Seconds:F0} a second");
    }

    private int Total => outcomes.Values.Sum();

    private double Seconds => Math.Max(time.GetElapsedTime(start).TotalSeconds, 1e-3);

    private static void Row(Table table, string name, int count, string mean) =>
        table.AddRow(new Text(name), new Text(count.ToString(CultureInfo.InvariantCulture)), new Text(mean));

    private sealed class Mean
    {
        private double sum;

        public int Count { get; private set; }

        public void Add(double? value)
        {
            sum += value ?? 0;
            Count += value is null ? 0 : 1;
        }

        public override string ToString() => Count == 0 ? "–" : (sum / Count).ToString("F4", CultureInfo.InvariantCulture);
    }
}
