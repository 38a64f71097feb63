using System.Text;

namespace RewardServer.Training.Reporting.Html;

/// <summary>What the policy wrote at each evaluation; the newest is open.</summary>
internal static class SampleSection
{
    public static void Append(StringBuilder page, IReadOnlyList<StepMetrics> steps)
    {
        var evaluations = Evaluations.Of(steps).Where(one => !one.Evaluation.Samples.IsDefaultOrEmpty).Reverse().ToArray();
        if (evaluations.Length == 0)
        {
            return;
        }

        page.Append("<section>\n<h2>Samples</h2>\n");
        foreach (var (index, one) in evaluations.Index())
        {
            var accuracy = string.Join(", ", one.Evaluation.Accuracy.Select(kind => $"{kind.Key} {Figures.Share(kind.Value)}"));
            page.Append($"<details{(index == 0 ? " open" : "")}>\n<summary>{HtmlText.Escape($"{one.Phase}, step {one.Step}: {accuracy}")}</summary>\n");
            foreach (var sample in one.Evaluation.Samples)
            {
                Append(page, sample);
            }

            page.Append("</details>\n");
        }

        page.Append("</section>\n");
    }

    private static void Append(StringBuilder page, Sample sample)
    {
        var reward = sample.Reward is { } earned ? $"reward {Figures.Plain(earned)}" : "no reward";
        page.Append($"<article>\n<p class=\"earned\"><b>{HtmlText.Escape(sample.Kind)}</b> {HtmlText.Escape(reward)}</p>\n");
        page.Append($"<pre class=\"prompt\">{HtmlText.Escape(sample.Prompt)}</pre>\n<pre>{HtmlText.Escape(sample.Completion)}</pre>\n</article>\n");
    }
}
