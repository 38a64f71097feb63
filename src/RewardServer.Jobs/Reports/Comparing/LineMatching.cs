using RewardServer.Jobs.Reports.Building;

namespace RewardServer.Jobs.Reports.Comparing;

/// <summary>Finds the lines of two runs that belong together.</summary>
internal static class LineMatching
{
    /// <summary>Pairs of lines with one key; those without a match have null. Of lines with one key the first goes with the first, and so on.</summary>
    public static IEnumerable<(ComparedLine? First, ComparedLine? Second)> Pairs(ComparedLines first, ComparedLines second, bool byRow)
    {
        for (var part = 0; part < PartitionedBuffer.Parts; part++)
        {
            var waiting = second.Of(part).GroupBy(line => line.Key(byRow)).ToDictionary(group => group.Key, group => new Queue<ComparedLine>(group));
            foreach (var line in first.Of(part))
            {
                yield return (line, waiting.TryGetValue(line.Key(byRow), out var queue) && queue.TryDequeue(out var match) ? match : null);
            }

            foreach (var line in waiting.Values.SelectMany(queue => queue))
            {
                yield return (null, line);
            }
        }
    }
}
