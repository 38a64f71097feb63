using RewardServer.Training.Recipes;

namespace RewardServer.Training.Reporting.Html;

/// <summary>
/// What a run was like, as one file of HTML: nothing is loaded from anywhere, no script runs, and what the policy wrote is shown as text alone.
/// </summary>
public static class HtmlReport
{
    /// <summary>Writes the report, whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="recipe">What the run is made from.</param>
    /// <param name="steps">Its steps, in order; there may be none yet.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, Recipe recipe, IReadOnlyList<StepMetrics> steps) => RunFolder.WriteWhole(path, Render(recipe, steps));

    /// <summary>The report.</summary>
    /// <param name="recipe">What the run is made from.</param>
    /// <param name="steps">Its steps, in order; there may be none yet.</param>
    public static string Render(Recipe recipe, IReadOnlyList<StepMetrics> steps) => HtmlPage.Of(
        recipe.Stage is { } stage ? $"{recipe.Name}: {stage.Name}" : recipe.Name,
        recipe.Description,
        page =>
        {
            ReportSections.Headline(page, recipe, steps);
            ReportSections.Charts(page, "Reinforcement", RunCharts.OfReinforcement(steps));
            ReportSections.Charts(page, "Pretraining", RunCharts.OfPretraining(steps));
            ReportSections.Times(page, StepTimes.Sum(steps));
            SampleSection.Append(page, steps);
            ReportSections.RecipeRows(page, recipe);
        });
}
