using System.Text.RegularExpressions;
using System.Xml.Linq;
using FsCheck;
using FsCheck.Fluent;
using RewardServer.Jobs.Reports;
using RewardServer.Jobs.Reports.Html;

namespace RewardServer.Jobs.Tests.Reports;

public sealed class HtmlReportTests
{
    private const string Hostile = "</script></style></title><script>alert(1)</script><img src=x onerror='alert(2)'>\"&amp;{0}\\u0000\\u001b[2J\\u202e";
    private const string Shown = "</script></style></title><script>alert(1)</script><img src=x onerror='alert(2)'>\"&amp;{0}\ufffd\ufffd[2J\ufffd";

    [Fact]
    public void A_report_has_a_plot_of_everything_that_it_tells()
    {
        var page = Page(HtmlReport.Of(ResultLines.Report(Run(4)), "run.jsonl"));
        Assert.Equal("run.jsonl", page.Descendants("h1").Single().Value);
        Assert.Equal(["What k completions reach", "Mean reward of the best of k", "Rewards", "Length of completions"], page.Descendants("h3").Select(title => title.Value));
        Assert.Equal(["Outcomes", "By level", "Why completions are not right", "Length, time and memory", "How to read this"], page.Descendants("h2").Select(title => title.Value));
        Assert.Equal(["right", "mean reward", "pass@4", "maj@4", "without a score"], page.Descendants("section").First().Descendants("span").Select(name => name.Value));
        Assert.Contains("graded by the rubric r1@1 (00ff), version 1.0", page.Descendants("header").Single().Value, StringComparison.Ordinal);
        Assert.Equal(4, page.Descendants("svg").Count());
    }

    [Fact]
    public void One_completion_a_problem_has_no_curves_and_nothing_has_a_page()
    {
        Assert.Equal(["Rewards", "Length of completions"], Page(HtmlReport.Of(ResultLines.Report(Run(1)), "x")).Descendants("h3").Select(title => title.Value));
        Page(HtmlReport.Of(ResultLines.Report([]), ""));
        Page(HtmlReport.Of(ResultLines.Report([ResultLines.Without("a", 0, "failed", "gone")]), "x"));
        Page(Compared([], [], "a", "b"));
    }

    [Fact]
    public void A_comparison_shows_what_flipped()
    {
        var page = Page(Compared(Run(4), Run(4, seed: 2), "old.jsonl", "new.jsonl"));
        Assert.Equal(["Problems by the share that is right", "pass@k", "maj@k", "Mean reward of the best of k"], page.Descendants("h3").Select(title => title.Value));
        Assert.Equal(["Lines that both runs scored", "The two runs", "By level", "Outcomes that changed", "Lines that differ", "How to read this"], page.Descendants("h2").Select(title => title.Value));
        Assert.Contains("p, McNemar", page.Descendants("span").Select(name => name.Value));
        Assert.Equal("old.jsonl and new.jsonl", page.Descendants("h1").Single().Value);
        var one = Page(Compared(Run(1), Run(1), "a", "b"));
        Assert.Contains("None.", one.Descendants("p").Select(note => note.Value));
    }

    [Fact]
    public void Nothing_is_loaded_and_no_script_runs()
    {
        foreach (var page in (string[])[HtmlReport.Of(ResultLines.Report(Run(4)), "x"), Compared(Run(2), Run(2, seed: 2), "a", "b")])
        {
            Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
            Assert.DoesNotMatch(new Regex(@"<script|<link|<img|<iframe|@import|url\(|https?:|\son\w+=|\ssrc=|\shref=", RegexOptions.IgnoreCase), page);
        }
    }

    [Fact]
    public void Hostile_texts_are_shown_as_texts()
    {
        string[] lines = [.. Run(2), .. Run(2).Select(line => line.Replace("the values differ", Json(Hostile), StringComparison.Ordinal).Replace("r1@1", Json(Hostile), StringComparison.Ordinal)
            .Replace("\"level\":\"", "\"level\":\"" + Json(Hostile), StringComparison.Ordinal).Replace("\"extracted\":\"", "\"extracted\":\"" + Json(Hostile), StringComparison.Ordinal).Replace("\"id\":\"", "\"id\":\"" + Json(Hostile), StringComparison.Ordinal))];
        foreach (var html in (string[])[HtmlReport.Of(ResultLines.Report(lines), Decoded(Hostile)), Compared(lines, [.. lines.Reverse()], Decoded(Hostile), Decoded(Hostile)), Compared(Run(2), lines, "a", "b")])
        {
            Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("<img", html, StringComparison.OrdinalIgnoreCase);
            Assert.Contains(Shown, Page(html).Value, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Any_text_leaves_the_page_whole() => Prop.ForAll<string>(text =>
    {
        var report = ResultLines.Report(Run(1)) with { Reasons = [new(text ?? "", 1, 1, "scored")], Columns = [new(text ?? "", [new(text ?? "", 1, 1, new(1, 1, 1), new(1, 1, 1), null)])] };
        return Page(HtmlReport.Of(report, text ?? "")).Descendants("table").Count() == 3;
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0.0, 0.0)]
    [InlineData(-3.0, -3.0)]
    [InlineData(-1e9, 1e9)]
    [InlineData(1e-7, 2e-7)]
    public void Any_rewards_are_drawn(double low, double high) =>
        Page(HtmlReport.Of(ResultLines.Report(Enumerable.Range(0, 60).Select(i => ResultLines.Maths($"p{i / 2}", i % 2, low + (high - low) * i / 59, "1", characters: i == 0 ? 1_000_000 : 0))), "x"));

    private static string[] Run(int samples, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 60 * samples).Select(i => random.Next(20) == 0
            ? ResultLines.Without($"p{i / samples}", i % samples, "failed", "the sandbox is gone")
            : ResultLines.Maths($"p{i / samples}", i % samples, random.Next(3) / 2.0, $"{random.Next(3)}", $"{i / samples % 3}", characters: random.Next(3000)))];
    }

    private static string Compared(string[] first, string[] second, string firstName, string secondName)
    {
        using var builder = new ComparisonBuilder();
        Array.ForEach(first, line => builder.AddFirst(ResultLines.Read(line)));
        Array.ForEach(second, line => builder.AddSecond(ResultLines.Read(line)));
        return HtmlReport.Of(builder.Build(), ResultLines.Report(first), ResultLines.Report(second), firstName, secondName);
    }

    private static string Json(string text) => text.Replace("\"", "\\\"", StringComparison.Ordinal);

    private static string Decoded(string text) => System.Text.Json.JsonElement.Parse($"\"{Json(text)}\"").GetString()!;

    // The page as a tree: its tags are closed as in XML, but for the few that HTML never closes.
    private static XElement Page(string html)
    {
        var page = Regex.Replace(html, "(<meta [^>]*)>", "$1/>").Replace("<!doctype html>", "", StringComparison.Ordinal);
        var tree = XElement.Parse(Regex.Replace(page, "<style>.*?</style>", "", RegexOptions.Singleline), LoadOptions.PreserveWhitespace);
        Assert.DoesNotMatch("NaN|Infinity|∞|E[+-]", string.Concat(tree.Descendants("svg").Descendants().SelectMany(one => one.Attributes()).Where(one => one.Name.LocalName != "aria-label").Select(one => one.Value)));
        return tree;
    }
}
