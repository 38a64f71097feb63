using System.Globalization;
using System.Text;
using RewardServer.Training.Recipes;

namespace RewardServer.Training.Reporting.Html;

/// <summary>What the stages of a staged recipe were like, as one file of HTML: all of them in a table and in common charts, and the curves of each.</summary>
public static class StagedReport
{
    /// <summary>Writes the report, whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="recipe">The staged recipe.</param>
    /// <param name="stages">Its stages up to the one that it is in.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, Recipe recipe, IReadOnlyList<StageSteps> stages) => RunFolder.WriteWhole(path, Render(recipe, stages));

    /// <summary>The report.</summary>
    /// <param name="recipe">The staged recipe.</param>
    /// <param name="stages">Its stages up to the one that it is in.</param>
    public static string Render(Recipe recipe, IReadOnlyList<StageSteps> stages) => HtmlPage.Of(recipe.Name, recipe.Description, page =>
    {
        Table(page, recipe, stages);
        ReportSections.Charts(page, "All stages", StageCharts.Of(stages));
        foreach (var (stage, steps) in stages)
        {
            ReportSections.Charts(page, HtmlText.Escape(Words(stage)), RunCharts.OfReinforcement(steps));
        }

        ReportSections.Charts(page, "Pretraining", RunCharts.OfPretraining(stages.FirstOrDefault(stage => stage.Steps.Any(step => step.Phase == Phases.Pretraining))?.Steps ?? []));
        ReportSections.Times(page, stages.Aggregate(default(StepTimes), (sum, stage) => sum + StepTimes.Sum(stage.Steps)));
        SampleSection.Append(page, stages.LastOrDefault(stage => Evaluations.Of(stage.Steps).Length > 0)?.Steps ?? []);
        page.Append($"<section>\n<h2>Recipe</h2>\n<pre>{HtmlText.Escape(recipe.Yaml)}</pre>\n</section>\n");
    });

    private static string Words(Recipe stage) => $"{stage.Stage!.Number}. {stage.Stage.Name}: {stage.Method}, from {stage.Stage.From}";

    private static void Table(StringBuilder page, Recipe recipe, IReadOnlyList<StageSteps> stages)
    {
        page.Append("<section>\n<h2>Stages</h2>\n<div class=\"scroll\"><table class=\"stages\">\n<tr><th scope=\"col\">stage</th><th scope=\"col\">learns by</th><th scope=\"col\">from</th><th scope=\"col\">steps</th><th scope=\"col\">held out</th><th scope=\"col\">time</th></tr>\n");
        for (var i = 0; i < recipe.Stages.Length; i++)
        {
            var (stage, steps) = (recipe.Stages[i], i < stages.Count ? stages[i].Steps : []);
            var (place, planned) = (stage.Stage!, stage.Reinforcement.Optimization.Steps);
            var name = i < stages.Count ? $"<a href=\"{HtmlText.Escape(place.Folder)}/report.html\">{HtmlText.Escape(place.Name)}</a>" : HtmlText.Escape(place.Name);
            var done = steps.LastOrDefault(step => step.Phase == Phases.Reinforcement)?.Step ?? 0;
            var now = i >= stages.Count ? " class=\"later\"" : i == stages.Count - 1 && done < planned ? " class=\"now\"" : "";
            page.Append(CultureInfo.InvariantCulture, $"<tr{now}><th scope=\"row\">{place.Number}. {name}</th><td>{HtmlText.Escape(stage.Method)}</td><td>{HtmlText.Escape(place.From)}</td>");
            page.Append(CultureInfo.InvariantCulture, $"<td>{done} of {planned}</td><td>{HtmlText.Escape(HeldOut(steps))}</td><td>{(steps.Count > 0 ? Figures.Time(steps[^1].Seconds) : "")}</td></tr>\n");
        }

        page.Append("</table></div>\n</section>\n");
    }

    private static string HeldOut(IReadOnlyList<StepMetrics> steps)
    {
        var evaluations = Evaluations.OfReinforcement(steps);
        return string.Join(", ", Evaluations.Kinds(evaluations).Select(kind =>
        {
            double[] found = [.. evaluations.Where(one => one.Evaluation.Accuracy.ContainsKey(kind)).Select(one => one.Evaluation.Accuracy[kind])];
            return $"{kind} {(found.Length > 1 ? $"{Figures.Share(found[0])} to " : "")}{Figures.Share(found[^1])}";
        }));
    }
}
