using System.Globalization;
using System.Text;
using RewardServer.Training.Experiments;

namespace RewardServer.Training.Reporting.Html;

/// <summary>How the arms of an experiment compare, as one file of HTML: tables with intervals, and the curves of all arms in common charts.</summary>
public static class ExperimentReport
{
    // Places at which curves are drawn; the arms' own measurements lie elsewhere.
    private const int Places = 24;

    /// <summary>Writes the report, whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="experiment">What is asked.</param>
    /// <param name="comparison">How the arms compare.</param>
    /// <param name="runs">The runs so far.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, Experiment experiment, Comparison comparison, IReadOnlyList<MeasuredRun> runs) =>
        RunFolder.WriteWhole(path, Render(experiment, comparison, runs));

    /// <summary>The report.</summary>
    public static string Render(Experiment experiment, Comparison comparison, IReadOnlyList<MeasuredRun> runs) => HtmlPage.Of(experiment.Name, experiment.Description, page =>
    {
        var measures = comparison.Arms.SelectMany(arm => arm.Measures).Select(measure => measure.Name).Distinct().ToArray();
        page.Append($"<section>\n<h2>{HtmlText.Escape($"Where all arms have taken {CostWords(comparison.At, comparison.Cost)}")}</h2>\n");
        page.Append("<p>Means over seeds with 95% intervals; below each, the difference to the first arm, seed by seed.</p>\n");
        Table(page, experiment, comparison, measures);
        page.Append("</section>\n");
        ReportSections.Charts(page, "Curves", measures.Select(measure => ChartOf(experiment, measure, runs)));
        Runs(page, runs);
        page.Append($"<section>\n<h2>Experiment</h2>\n<pre>{HtmlText.Escape(experiment.Yaml)}</pre>\n</section>\n");
    });

    /// <summary>How much of what a run cost, in words.</summary>
    public static string CostWords(ExperimentAxis axis, double cost) => axis switch
    {
        ExperimentAxis.Seconds => Figures.Time(cost),
        ExperimentAxis.Flops => Figures.Scaled(cost) + "FLOP",
        ExperimentAxis.Completions => $"{Figures.Plain(cost)} completions",
        _ => $"{Figures.Plain(cost)} steps",
    };

    private static void Table(StringBuilder page, Experiment experiment, Comparison comparison, string[] measures)
    {
        page.Append("<div class=\"scroll\"><table class=\"arms\">\n<tr><th scope=\"col\">arm</th><th scope=\"col\">seeds</th>");
        page.Append(experiment.Reach is { } goal ? $"<th scope=\"col\">until {HtmlText.Escape(goal.Measure)} {HtmlText.Escape(RunMeasures.Words(goal.Measure)(goal.Value))}</th>" : "");
        page.AppendJoin("", measures.Select(measure => $"<th scope=\"col\">{HtmlText.Escape(measure)}</th>")).Append("</tr>\n");
        foreach (var arm in comparison.Arms)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{HtmlText.Escape(arm.Name)}</th><td>{arm.Seeds}</td>");
            page.Append(arm.Reached is { } reached ? $"<td>{HtmlText.Escape(ReachedWords(comparison.At, reached, arm.Seeds))}</td>" : "");
            foreach (var measure in measures.Select(name => arm.Measures.FirstOrDefault(measure => measure.Name == name)))
            {
                page.Append($"<td>{(measure is null ? "" : HtmlText.Escape(measure.Value.Words(RunMeasures.Words(measure.Name))))}");
                page.Append(measure?.Difference is { Count: > 0 } difference ? $"<br><small>{HtmlText.Escape(WithSign(difference, RunMeasures.Words(measure.Name)))}</small>" : "").Append("</td>");
            }

            page.Append("</tr>\n");
        }

        page.Append("</table></div>\n");
    }

    /// <summary>What it took to reach a goal, in words, and how many seeds did where not all.</summary>
    public static string ReachedWords(ExperimentAxis axis, Estimate reached, int seeds) =>
        reached.Count == 0 ? "never" : reached.Words(cost => CostWords(axis, cost)) + (reached.Count < seeds ? string.Create(CultureInfo.InvariantCulture, $" ({reached.Count} of {seeds} seeds)") : "");

    /// <summary>A difference with its sign.</summary>
    public static string WithSign(Estimate difference, Func<double, string> words) => (difference.Mean > 0 ? "+" : "") + difference.Words(words);

    private static Chart ChartOf(Experiment experiment, string measure, IReadOnlyList<MeasuredRun> runs)
    {
        var axis = experiment.At;
        return new(measure, "Mean over seeds, and its 95% interval.", RunMeasures.Words(measure), [.. experiment.Arms.Select(arm => CurveOf(arm.Name, axis, measure, [.. runs.Where(run => run.Arm == arm.Name)]))])
        {
            Places = cost => CostWords(axis, cost),
            Across = "at",
        };
    }

    private static Curve CurveOf(string arm, ExperimentAxis axis, string measure, MeasuredRun[] runs)
    {
        var longest = runs.Length == 0 ? 0 : runs.Min(run => run.Cost(axis));
        var costs = Enumerable.Range(0, longest > 0 ? Places + 1 : 0).Select(place => longest * place / Places).ToArray();
        var estimates = costs.Select(cost => Estimate.Of(runs.Select(run => run.At(axis, cost, measure)))).ToArray();
        return new(arm, [.. costs.Zip(estimates, (cost, estimate) => new CurvePoint(cost, estimate.Mean))])
        {
            Band = [.. estimates.Select(estimate => (estimate.Mean - estimate.HalfWidth, estimate.Mean + estimate.HalfWidth))],
        };
    }

    private static void Runs(StringBuilder page, IReadOnlyList<MeasuredRun> runs)
    {
        page.Append("<section>\n<h2>Runs</h2>\n<div class=\"scroll\"><table>\n<tr><th scope=\"col\">run</th><th scope=\"col\">accuracy</th><th scope=\"col\">cost</th></tr>\n");
        foreach (var run in runs)
        {
            var folder = string.Create(CultureInfo.InvariantCulture, $"{run.Arm}/seed-{run.Seed}");
            var last = run.Points.LastOrDefault();
            page.Append($"<tr><th scope=\"row\"><a href=\"{folder}/report.html\">{folder}</a></th><td>{(last is not null && last.Values.TryGetValue(RunMeasures.Accuracy, out var share) ? Figures.Share(share) : "")}</td>");
            page.Append($"<td>{HtmlText.Escape(string.Join(", ", Enum.GetValues<ExperimentAxis>().Select(axis => CostWords(axis, run.Cost(axis)))))}</td></tr>\n");
        }

        page.Append("</table></div>\n</section>\n");
    }
}
