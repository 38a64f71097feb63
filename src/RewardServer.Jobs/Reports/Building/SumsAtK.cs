using RewardServer.Jobs.Reports.Statistics;

namespace RewardServer.Jobs.Reports.Building;

/// <summary>Adds up what k completions reach, over problems.</summary>
/// <param name="k">How many completions.</param>
/// <param name="mostDrawn">Up to how many problems intervals are resampled.</param>
internal sealed class SumsAtK(int k, int mostDrawn)
{
    private readonly Bootstrap passAndBest = new(2, mostDrawn);
    private readonly Bootstrap majority = new(1, mostDrawn);

    /// <summary>Adds a problem, where it has so many completions.</summary>
    public void Add(ProblemSums problem)
    {
        if (problem.Count < k)
        {
            return;
        }

        var (pass, best) = problem.At(k);
        passAndBest.Add([pass, best], 1);
        if (problem.Votes)
        {
            majority.Add([problem.MajorityAt(k)], 1);
        }
    }

    /// <summary>What they reach; null where no problem has so many completions.</summary>
    public AtK? Build()
    {
        if (passAndBest.Problems == 0)
        {
            return null;
        }

        var intervals = passAndBest.Intervals();
        return new(k, intervals[0], majority.Problems == 0 ? null : majority.Intervals()[0], intervals[1], passAndBest.Problems);
    }
}
