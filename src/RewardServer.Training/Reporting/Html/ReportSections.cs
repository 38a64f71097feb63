using System.Globalization;
using System.Text;
using RewardServer.Training.Recipes;

namespace RewardServer.Training.Reporting.Html;

/// <summary>The parts of the report.</summary>
internal static class ReportSections
{
    /// <summary>What one wants to know first: how far the run is, and what was learned.</summary>
    public static void Headline(StringBuilder page, Recipe recipe, IReadOnlyList<StepMetrics> steps)
    {
        page.Append("<section class=\"tiles\">\n");
        var done = steps.LastOrDefault(step => step.Phase == Phases.Reinforcement)?.Step ?? 0;
        Tile(page, "steps of reinforcement", $"{done} of {recipe.Reinforcement.Optimization.Steps}", "");
        var evaluations = Evaluations.OfReinforcement(steps);
        foreach (var kind in Evaluations.Kinds(evaluations))
        {
            var found = evaluations.Where(one => one.Evaluation.Accuracy.ContainsKey(kind)).Select(one => one.Evaluation.Accuracy[kind]).ToArray();
            Tile(page, $"{kind}, held out", Figures.Share(found[^1]), found.Length > 1 ? $"from {Figures.Share(found[0])}" : "");
        }

        if (steps.Count > 0)
        {
            var flops = steps.Sum(step => step.UpdateFlops + (step.Rollouts?.GenerationFlops ?? 0));
            Tile(page, "time", Figures.Time(steps[^1].Seconds), $"{Figures.Scaled(flops)}FLOP");
        }

        page.Append("</section>\n");
    }

    /// <summary>The charts that have anything to show.</summary>
    public static void Charts(StringBuilder page, string title, IEnumerable<Chart> charts)
    {
        var drawn = charts.Select(chart => (Chart: chart, Svg: SvgChart.Draw(chart))).Where(one => one.Svg is not null).ToArray();
        if (drawn.Length == 0)
        {
            return;
        }

        page.Append($"<section>\n<h2>{title}</h2>\n<div class=\"charts\">\n");
        foreach (var (chart, svg) in drawn)
        {
            page.Append($"<figure>\n<figcaption><h3>{HtmlText.Escape(chart.Title)}</h3><p>{HtmlText.Escape(chart.Note)}</p></figcaption>\n<ul class=\"legend\">");
            foreach (var (index, curve) in chart.Curves.Index().Where(one => one.Item.Last is not null))
            {
                page.Append($"<li><i class=\"{SvgChart.Style(index)}\"></i>{HtmlText.Escape(curve.Name)} <b>{HtmlText.Escape(chart.Words(curve.Last!.Value))}</b></li>");
            }

            page.Append($"</ul>\n{svg}\n</figure>\n");
        }

        page.Append("</div>\n</section>\n");
    }

    /// <summary>Where the time went: one bar for the whole run.</summary>
    public static void Times(StringBuilder page, StepTimes times)
    {
        if (!(times.All > 0) || !double.IsFinite(times.All))
        {
            return;
        }

        (string Name, double Seconds)[] parts = [("generating", times.Generation), ("rewards", times.Rewards), ("updating", times.Update), ("the rest", times.Rest)];
        page.Append("<section>\n<h2>Where the time went</h2>\n<div class=\"bar\">");
        foreach (var (index, part) in parts.Index())
        {
            var width = (part.Seconds / times.All * 100).ToString("0.##", CultureInfo.InvariantCulture);
            page.Append($"<i class=\"{SvgChart.Style(index)}\" style=\"width:{width}%\" title=\"{part.Name}\"></i>");
        }

        page.Append("</div>\n<ul class=\"legend\">");
        foreach (var (index, part) in parts.Index())
        {
            page.Append($"<li><i class=\"{SvgChart.Style(index)}\"></i>{part.Name} <b>{Figures.Share(part.Seconds / times.All)}</b> {Figures.Time(part.Seconds)}</li>");
        }

        page.Append("</ul>\n</section>\n");
    }

    /// <summary>All that the run is made from.</summary>
    public static void RecipeRows(StringBuilder page, Recipe recipe)
    {
        page.Append("<section>\n<h2>Recipe</h2>\n<div class=\"scroll\"><table>\n");
        foreach (var (field, value) in RecipeTable.Rows(recipe))
        {
            page.Append($"<tr><th scope=\"row\">{HtmlText.Escape(field)}</th><td>{HtmlText.Escape(value)}</td></tr>\n");
        }

        page.Append("</table></div>\n</section>\n");
    }

    private static void Tile(StringBuilder page, string name, string value, string note) =>
        page.Append($"<div><span>{HtmlText.Escape(name)}</span><strong>{HtmlText.Escape(value)}</strong><small>{HtmlText.Escape(note)}</small></div>\n");
}
