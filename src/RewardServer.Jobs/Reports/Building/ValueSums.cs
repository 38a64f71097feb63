using RewardServer.Jobs.Reports.Statistics;

namespace RewardServer.Jobs.Reports.Building;

/// <summary>Adds up the problems with one value of a column.</summary>
/// <param name="value">The value.</param>
/// <param name="mostK">The largest k of the report.</param>
internal sealed class ValueSums(string value, int mostK)
{
    // There are many values: fewer problems of each are kept.
    private const int MostDrawn = 500;

    private readonly Bootstrap sums = new(2, MostDrawn);
    private readonly SumsAtK atMostK = new(mostK, MostDrawn);
    private long items;

    public void Add(ProblemSums problem)
    {
        items += problem.Count;
        sums.Add([problem.Reward, problem.Right], problem.Count);
        if (mostK > 1)
        {
            atMostK.Add(problem);
        }
    }

    /// <summary>What they come to; null where none was scored.</summary>
    public ValueReport? Build()
    {
        if (sums.Problems == 0)
        {
            return null;
        }

        var intervals = sums.Intervals();
        return new(value, items, sums.Problems, intervals[0], intervals[1], atMostK.Build());
    }
}
