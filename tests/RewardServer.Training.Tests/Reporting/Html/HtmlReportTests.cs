using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using RewardServer.Training.Recipes;
using RewardServer.Training.Reporting;
using RewardServer.Training.Reporting.Html;

namespace RewardServer.Training.Tests.Reporting.Html;

public sealed class HtmlReportTests
{
    private static readonly Recipe R1Zero = Recipe.Named("r1-zero");

    [Fact]
    public void There_is_a_curve_of_everything_that_is_measured()
    {
        var page = HtmlTree.Of(HtmlReport.Render(R1Zero, Steps.Run()));
        var figures = page.Descendants("figure").ToDictionary(
            figure => (figure.Ancestors("section").First().Element("h2")!.Value, figure.Descendants("h3").Single().Value),
            figure => figure.Element("ul")!.Elements("li").Select(item => item.Value.Trim()).ToArray());
        Assert.Equal(["addition 93%", "countdown 46.5%"], figures[("Reinforcement", "Held-out accuracy")]);
        Assert.Equal(["reward 0.37", "accuracy 0.2", "format 0.42"], figures[("Reinforcement", "Reward")]);
        Assert.Equal(["rollouts 57", "held-out 47.5"], figures[("Reinforcement", "Completion length")]);
        Assert.Equal(["entropy 0.8"], figures[("Reinforcement", "Entropy")]);
        Assert.Equal(["KL 0.0012"], figures[("Reinforcement", "Divergence from the reference")]);
        Assert.Equal(["clipped tokens 1.2%", "groups without spread 22%", "cut off 2%"], figures[("Reinforcement", "Shares")]);
        Assert.Equal(["words 0.41"], figures[("Reinforcement", "Reflection words")]);
        Assert.Equal(["generating 12,778", "updating 15,000"], figures[("Reinforcement", "Speed")]);
        Assert.Equal(["loss 1.0"], figures[("Pretraining", "Loss")]);
        Assert.Equal(1, page.Descendants("h2").Count(title => title.Value == "Where the time went"));
    }

    [Fact]
    public void What_the_base_model_could_stands_at_step_0()
    {
        var page = HtmlTree.Of(HtmlReport.Render(R1Zero, Steps.Run()));
        Assert.Contains("addition, step 0: 45%", page.Descendants("title").Select(title => title.Value));
        Assert.Contains("addition, step 12: 93%", page.Descendants("title").Select(title => title.Value));
    }

    [Fact]
    public void The_whole_recipe_is_in_a_table()
    {
        var rows = HtmlTree.Of(HtmlReport.Render(R1Zero, [])).Descendants("tr").ToDictionary(row => row.Element("th")!.Value, row => row.Element("td")!.Value);
        Assert.Equal("128", rows["model.hidden"]);
        Assert.Equal("2", rows["problems[0].options.digits"]);
        Assert.Equal("cosine", rows["pretraining.decay"]);
        Assert.Equal($"{R1Zero.Reinforcement.Optimization.Steps}", rows["reinforcement.steps"]);
        Assert.Equal($"{R1Zero.Rollouts.MaxTokens}", rows["rollouts.maxTokens"]);
    }

    [Fact]
    public void Nothing_is_loaded_and_no_script_runs()
    {
        var page = HtmlReport.Render(R1Zero, Steps.Run());
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
        Assert.DoesNotMatch(new Regex(@"<script|<link|<img|<iframe|@import|url\(|https?:|\son\w+=", RegexOptions.IgnoreCase), page);
    }

    [Fact]
    public void Hostile_samples_are_shown_as_text()
    {
        const string Hostile = "</pre><script>alert(1)</script><img src=x onerror='alert(2)'>\"&amp;\0\u001b[2J\u202e";
        var page = HtmlReport.Render(R1Zero with { Name = "<b>", Description = Hostile }, Steps.Run(new Sample("<i>kind", Hostile, Hostile, -1)));
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", page, StringComparison.OrdinalIgnoreCase);
        var texts = HtmlTree.Of(page).Descendants("pre").Select(pre => pre.Value).Distinct();
        Assert.Equal(["</pre><script>alert(1)</script><img src=x onerror='alert(2)'>\"&amp;\ufffd\ufffd[2J\ufffd"], texts);
    }

    [Fact]
    public void Samples_of_every_evaluation_are_there_and_the_newest_are_open()
    {
        var details = HtmlTree.Of(HtmlReport.Render(R1Zero, Steps.Run(new Sample("addition", "1 + 1", "2", 1)))).Descendants("details").ToArray();
        Assert.Equal(
            ["reinforcement, step 12: addition 93%, countdown 46.5%", "reinforcement, step 8: addition 77%, countdown 38.5%", "reinforcement, step 4: addition 61%, countdown 30.5%"],
            details.Select(one => one.Element("summary")!.Value));
        Assert.Equal([true, false, false], details.Select(one => one.Attribute("open") is not null));
    }

    [Fact]
    public void Numbers_that_are_none_are_gaps() =>
        HtmlTree.Of(HtmlReport.Render(R1Zero, [Steps.Pretraining(1) with { Loss = double.NaN, Seconds = double.NaN, UpdateSeconds = double.PositiveInfinity }, Steps.Pretraining(2), Steps.Reinforcement(1) with { GradientNorm = double.NaN }]));

    [Fact]
    public void Any_text_of_a_policy_leaves_the_page_whole() =>
        Prop.ForAll<string, string>((prompt, completion) =>
        {
            var page = HtmlTree.Of(HtmlReport.Render(R1Zero, [Steps.Reinforcement(1, Steps.Evaluation(0.5, new Sample("k", prompt ?? "", completion ?? "", null)))]));
            return page.Descendants("pre").Count() == 2;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Thousands_of_steps_are_drawn_as_means()
    {
        var page = HtmlReport.Render(R1Zero, [.. Enumerable.Range(1, 5000).Select(step => Steps.Reinforcement(step))]);
        Assert.InRange(page.Length, 1, 1_500_000);
    }

    [Fact]
    public void The_file_is_written_whole()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("report").FullName, "report.html");
        HtmlReport.Write(file, R1Zero, []);
        HtmlReport.Write(file, R1Zero, Steps.Run());
        Assert.Equal(HtmlReport.Render(R1Zero, Steps.Run()), File.ReadAllText(file));
        Assert.Equal([file], Directory.GetFiles(Path.GetDirectoryName(file)!));
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    // The page as a tree: its tags are closed as in XML, but for the few that HTML never closes.
}
