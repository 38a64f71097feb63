namespace RewardServer.Grading.Graders.Code.TestRuns.Calls.Values;

/// <summary>
/// Pairs as many expected values with as many found ones: a perfect matching, by augmenting paths. It gives up, as not
/// paired, where the comparison's work is used up.
/// </summary>
internal sealed class Pairing(int count, ValueComparison comparison)
{
    private const int None = -1;

    private readonly int[] partnerOfFound = [.. Enumerable.Repeat(None, count)];

    /// <summary>Whether each expected value can have a partner of its own.</summary>
    /// <param name="wouldDo">Whether the found value of the second number would do for the expected one of the first.</param>
    public bool IsComplete(Func<int, int, bool> wouldDo)
    {
        // All of it is spent at the start: what cannot be done is not begun.
        if (!comparison.Spend((long)count * count))
        {
            return false;
        }

        var partners = new List<int>[count];
        for (var wanted = 0; wanted < count; wanted++)
        {
            partners[wanted] = [];
            for (var found = 0; found < count; found++)
            {
                if (wouldDo(wanted, found))
                {
                    partners[wanted].Add(found);
                }
            }

            if (partners[wanted].Count == 0)
            {
                return false;
            }
        }

        return Enumerable.Range(0, count).All(wanted => FindPartner(wanted, partners));
    }

    // Breadth first over paths on which expected values would change their partners, to a found one that has none.
    private bool FindPartner(int start, List<int>[] partners)
    {
        var cameFrom = new Dictionary<int, int>();
        var queue = new Queue<int>([start]);
        while (queue.TryDequeue(out var wanted))
        {
            foreach (var found in partners[wanted])
            {
                if (!comparison.Spend())
                {
                    return false;
                }

                if (!cameFrom.TryAdd(found, wanted))
                {
                    continue;
                }

                if (partnerOfFound[found] == None)
                {
                    Change(found, start, cameFrom);
                    return true;
                }

                queue.Enqueue(partnerOfFound[found]);
            }
        }

        return false;
    }

    private void Change(int found, int start, Dictionary<int, int> cameFrom)
    {
        while (true)
        {
            var wanted = cameFrom[found];
            var given = Array.IndexOf(partnerOfFound, wanted);
            partnerOfFound[found] = wanted;
            if (wanted == start)
            {
                return;
            }

            found = given;
        }
    }
}
