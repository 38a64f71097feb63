namespace RewardServer.Training.Runs;

/// <summary>
/// The order in which what is given is learned: all of it in a random order, then all again in another, a batch at a time. A batch is told by its number, so
/// that a run that goes on takes the one that it would have taken.
/// </summary>
/// <param name="lengths">Tokens of each.</param>
/// <param name="budget">Most tokens of a batch; what is longer stands alone.</param>
/// <param name="seed">The run's.</param>
internal sealed class Epochs(int[] lengths, int budget, int seed)
{
    private IEnumerator<int[]>? batches;
    private int next;

    /// <summary>The places of a batch, by its number from 0.</summary>
    public int[] Batch(int number)
    {
        if (batches is null || number < next)
        {
            (batches, next) = (All().GetEnumerator(), 0);
        }

        do
        {
            batches.MoveNext();
        }
        while (next++ < number);

        return batches.Current;
    }

    private IEnumerable<int[]> All()
    {
        for (var epoch = 0; ; epoch++)
        {
            int[] order = [.. Enumerable.Range(0, lengths.Length)];
            Seeds.Random(seed, Purpose.Examples, 0, epoch).Shuffle(order);
            for (var start = 0; start < order.Length;)
            {
                var end = start + 1;
                for (var tokens = lengths[order[start]]; end < order.Length && (tokens += lengths[order[end]]) <= budget;)
                {
                    end++;
                }

                yield return order[start..end];
                start = end;
            }
        }
    }
}
