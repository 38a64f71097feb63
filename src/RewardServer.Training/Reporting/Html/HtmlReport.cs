using System.Text;
using RewardServer.Training.Recipes;

namespace RewardServer.Training.Reporting.Html;

/// <summary>
/// What a run was like, as one file of HTML: nothing is loaded from anywhere, no script runs, and what the policy wrote is shown as text alone.
/// </summary>
public static class HtmlReport
{
    private static readonly string Style = ReadStyle();

    /// <summary>Writes the report, whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="recipe">What the run is made from.</param>
    /// <param name="steps">Its steps, in order; there may be none yet.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, Recipe recipe, IReadOnlyList<StepMetrics> steps) => RunFolder.WriteWhole(path, Render(recipe, steps));

    /// <summary>The report.</summary>
    /// <param name="recipe">What the run is made from.</param>
    /// <param name="steps">Its steps, in order; there may be none yet.</param>
    public static string Render(Recipe recipe, IReadOnlyList<StepMetrics> steps)
    {
        var name = HtmlText.Escape(recipe.Name);
        var page = new StringBuilder();
        page.Append($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>{name} – training</title>
            <style>
            {Style}</style>
            </head>
            <body>
            <main>
            <header>
            <h1>{name}</h1>
            <p>{HtmlText.Escape(recipe.Description)}</p>
            </header>

            """);
        ReportSections.Headline(page, recipe, steps);
        ReportSections.Charts(page, "Reinforcement", RunCharts.OfReinforcement(steps));
        ReportSections.Charts(page, "Pretraining", RunCharts.OfPretraining(steps));
        ReportSections.Times(page, steps);
        SampleSection.Append(page, steps);
        ReportSections.RecipeRows(page, recipe);
        return page.Append("</main>\n</body>\n</html>\n").ToString();
    }

    private static string ReadStyle()
    {
        using var stream = typeof(HtmlReport).Assembly.GetManifestResourceStream("report.css")!;
        return new StreamReader(stream).ReadToEnd();
    }
}
