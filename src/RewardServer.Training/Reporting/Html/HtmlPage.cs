using System.Text;

namespace RewardServer.Training.Reporting.Html;

/// <summary>A page of a report: nothing is loaded from anywhere, and no script runs.</summary>
internal static class HtmlPage
{
    private static readonly string Style = ReadStyle();

    /// <summary>A page.</summary>
    /// <param name="title">What it is about.</param>
    /// <param name="note">What that is, in a sentence.</param>
    /// <param name="body">Writes what it holds.</param>
    public static string Of(string title, string note, Action<StringBuilder> body)
    {
        var name = HtmlText.Escape(title);
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
            <p>{HtmlText.Escape(note)}</p>
            </header>

            """);
        body(page);
        return page.Append("</main>\n</body>\n</html>\n").ToString();
    }

    private static string ReadStyle()
    {
        using var stream = typeof(HtmlPage).Assembly.GetManifestResourceStream("report.css")!;
        return new StreamReader(stream).ReadToEnd();
    }
}
