using RewardServer.Grading.Graders;

namespace RewardServer.Grading.Rubrics.Explaining;

/// <summary>The lowest and the highest reward that a rubric can give, by the ranges of its parts, each for itself.</summary>
public static class RewardRange
{
    /// <summary>The range of a rubric.</summary>
    public static ScoreRange Of(Rubric rubric)
    {
        var parts = rubric.Components.Where(component => component.Weight != 0).Select(Weighted).ToArray();
        var combined = parts.Length == 0 ? new(0, 0) : rubric.Definition.Combine switch
        {
            Combination.Product => parts.Aggregate(Product),
            Combination.Min => new(parts.Min(part => part.Low), parts.Min(part => part.High)),
            Combination.Max => new(parts.Max(part => part.Low), parts.Max(part => part.High)),
            Combination.FirstFailure => Either([.. parts, parts.Aggregate(Sum)]),
            _ => parts.Aggregate(Sum),
        };
        var prices = rubric.Definition.Signals?.Values ?? [];
        var priced = Sum(combined, new(prices.Sum(price => Math.Min(0, price)), prices.Sum(price => Math.Max(0, price))));
        return rubric.Definition.Clip is not { } clip ? priced
            : new(Math.Clamp(priced.Low, clip.First, clip.Second), Math.Clamp(priced.High, clip.First, clip.Second));
    }

    private static ScoreRange Weighted(RubricComponent component) =>
        Ends(component.Weight * component.ValueRange.Low, component.Weight * component.ValueRange.High);

    private static ScoreRange Sum(ScoreRange one, ScoreRange other) => new(one.Low + other.Low, one.High + other.High);

    private static ScoreRange Product(ScoreRange one, ScoreRange other) =>
        Ends(one.Low * other.Low, one.Low * other.High, one.High * other.Low, one.High * other.High);

    private static ScoreRange Either(ScoreRange[] parts) => new(parts.Min(part => part.Low), parts.Max(part => part.High));

    private static ScoreRange Ends(params double[] ends) => new(ends.Min(), ends.Max());
}
