namespace RewardServer.Jobs.Reports.Html;

/// <summary>
/// A report, or a comparison of two, as one file of HTML: nothing is loaded from anywhere, no script runs, and what comes from the data is shown as text alone.
/// </summary>
public static class HtmlReport
{
    private static readonly string Style = ReadStyle();

    /// <summary>The page of a report.</summary>
    /// <param name="report">The report.</param>
    /// <param name="title">What it is called, such as the name of its file.</param>
    public static string Of(Report report, string title) => Page(title, RunSections.Under(report),
    [
        RunSections.Tiles(report),
        RunSections.Outcomes(report),
        RunCharts.All(report),
        ColumnSections.All(report),
        RunSections.Reasons(report),
        RunSections.Measures(report),
        RunSections.Reading(report),
    ]);

    /// <summary>The page of a comparison.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="first">The first run.</param>
    /// <param name="second">The second.</param>
    /// <param name="firstName">What the first is called.</param>
    /// <param name="secondName">What the second is called.</param>
    public static string Of(ReportComparison comparison, Report first, Report second, string firstName, string secondName)
    {
        var runs = new ComparedRuns(comparison, first, second, firstName, secondName);
        return Page($"{firstName} and {secondName}", Markup.Of($"<b class=\"first\">{firstName}</b> is the first run, <b class=\"second\">{secondName}</b> the second; every difference is the second less the first."),
        [
            ComparisonSections.Tiles(runs),
            ComparisonSections.Flips(runs),
            ComparisonSections.Charts(runs),
            ComparisonSections.Runs(runs),
            ColumnSections.Compared(runs),
            ComparisonSections.Outcomes(runs),
            ComparisonSections.Lines(runs),
            ComparisonSections.Reading(runs),
        ]);
    }

    private static string Page(string title, Markup under, IEnumerable<Markup> sections)
    {
        // The style is our own text, and holds no end of itself.
        var style = $"<style>\n{Style}</style>";
        return Markup.Of($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>{title}</title>

            """) + style + Markup.Of($"""

            </head>
            <body>
            <main>
            <header>
            <h1>{title}</h1>
            <p>{under}</p>
            </header>
            {Markup.Join(sections)}
            </main>
            </body>
            </html>

            """);
    }

    private static string ReadStyle()
    {
        using var stream = typeof(HtmlReport).Assembly.GetManifestResourceStream("report.css")!;
        return new StreamReader(stream).ReadToEnd();
    }
}

/// <summary>Two runs and what differs between them.</summary>
internal sealed record ComparedRuns(ReportComparison Comparison, Report First, Report Second, string FirstName, string SecondName);
