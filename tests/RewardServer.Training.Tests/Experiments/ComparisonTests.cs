using System.Collections.Immutable;
using RewardServer.Training.Experiments;
using RewardServer.Training.Reporting.Html;

namespace RewardServer.Training.Tests.Experiments;

public sealed class ComparisonTests
{
    private static readonly Experiment Experiment = Experiment.Read(
        """
        name: two
        recipe: r1-zero
        seeds: 3
        at: seconds
        reach: {measure: accuracy, value: 0.5}
        arms: [{name: a}, {name: b}]
        """,
        "two.yaml");

    [Fact]
    public void The_interval_of_a_mean_is_Students()
    {
        // 1, 2, 3, 4: standard deviation 1.29099, standard error 0.645497, t with 3 degrees of freedom 3.182.
        var estimate = Estimate.Of([1, 2, 3, double.NaN, 4]);
        Assert.Equal((2.5, 4), (estimate.Mean, estimate.Count));
        Assert.Equal(2.054, estimate.HalfWidth, 3);
        Assert.Equal(double.NaN, Estimate.Of([7]).HalfWidth);
        Assert.Equal("7", Estimate.Of([7]).Words(value => $"{value}"));
        Assert.Equal("–", Estimate.Of([]).Words(value => $"{value}"));
    }

    [Fact]
    public void Arms_are_compared_where_the_run_that_cost_least_ends()
    {
        var comparison = Comparison.Of(Experiment, [Run("a", 1, (0, 0.2), (10, 0.4)), Run("b", 1, (0, 0.2), (20, 0.8)), Run("a", 2, (0, 0.3), (10, 0.5)), Run("b", 2, (0, 0.3), (20, 0.7))]);
        Assert.Equal(10, comparison.Cost);
        var (a, b) = (comparison.Arms[0].Measures.Single(), comparison.Arms[1].Measures.Single());
        Assert.Equal([0.4, 0.5], a.Seeds);
        Assert.Null(a.Difference);
        Assert.Equal(0.5, b.Value.Mean, 9);
        Assert.Equal(0.05, b.Difference!.Value.Mean, 9);
    }

    [Fact]
    public void A_goal_is_told_for_the_seeds_that_reached_it()
    {
        var comparison = Comparison.Of(Experiment, [Run("a", 1, (0, 0.2), (10, 0.6)), Run("a", 2, (0, 0.2), (10, 0.4)), Run("b", 1, (0, 0.1), (10, 0.2))]);
        var reached = comparison.Arms[0].Reached!.Value;
        Assert.Equal(7.5, reached.Mean, 9);
        Assert.Equal(1, reached.Count);
        Assert.Equal("8s (1 of 2 seeds)", ExperimentReport.ReachedWords(ExperimentAxis.Seconds, reached, 2));
        Assert.Equal("never", ExperimentReport.ReachedWords(ExperimentAxis.Seconds, comparison.Arms[1].Reached!.Value, 1));
    }

    [Fact]
    public void The_page_has_arms_intervals_and_curves_and_loads_nothing()
    {
        MeasuredRun[] runs = [Run("a", 1, (0, 0.2), (10, 0.4)), Run("a", 2, (0, 0.3), (12, 0.6)), Run("b", 1, (0, 0.2), (20, 0.8))];
        var page = ExperimentReport.Render(Experiment, Comparison.Of(Experiment, runs), runs);
        Assert.Contains("class=\"band c0\"", page, StringComparison.Ordinal);
        Assert.Contains("a/seed-2/report.html", page, StringComparison.Ordinal);
        Assert.Contains("±", page, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
        Assert.DoesNotContain("src=", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http://", page, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", page, StringComparison.Ordinal);
    }

    private static MeasuredRun Run(string arm, int seed, params (double Seconds, double Accuracy)[] points) => new(arm, seed,
    [
        .. points.Select(point => new MeasuredPoint(
            Enum.GetValues<ExperimentAxis>().ToImmutableDictionary(axis => axis, _ => point.Seconds),
            ImmutableSortedDictionary<string, double>.Empty.Add(RunMeasures.Accuracy, point.Accuracy))),
    ]);
}
