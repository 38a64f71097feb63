namespace RewardServer.Grading.Graders.Code;

/// <summary>
/// Pairs what was expected with as much that was found, each with one that would do for it: a perfect matching of a bipartite
/// graph, by augmenting paths (Berge 1957; Kuhn 1955), in cubic time.
/// </summary>
internal sealed class Pairing
{
    // Above it sorted neighbours alone are tried: those of one number each are paired rightly so, and time stays bounded.
    private const int MostSearched = 500;
    private const int None = -1;

    private readonly List<int>[] partners;
    private readonly int[] wantedOf, foundOf;
    private readonly Func<bool> spend;

    private Pairing(List<int>[] partners, Func<bool> spend)
    {
        (this.partners, this.spend) = (partners, spend);
        wantedOf = [.. Enumerable.Repeat(None, partners.Length)];
        foundOf = [.. wantedOf];
    }

    /// <summary>Where the first of two sorted lists of one length stands that cannot be paired; null where all can.</summary>
    /// <param name="wanted">What was expected, sorted.</param>
    /// <param name="got">What was given, sorted.</param>
    /// <param name="same">Whether two may be a pair.</param>
    /// <param name="isTolerant">Whether one may be the same as two that differ, so that others than neighbours may be pairs.</param>
    public static int? FirstUnpaired<T>(List<T> wanted, List<T> got, Func<T, T, bool> same, bool isTolerant)
    {
        var first = 0;
        while (first < wanted.Count && same(wanted[first], got[first]))
        {
            first++;
        }

        return first == wanted.Count || (isTolerant && wanted.Count <= MostSearched && IsComplete(wanted, got, same)) ? null : first;
    }

    /// <summary>Whether each of what was expected can have a partner of its own.</summary>
    /// <param name="wanted">What was expected.</param>
    /// <param name="found">What was found: as many.</param>
    /// <param name="wouldDo">Whether the second would do for the first.</param>
    /// <param name="spend">Is asked before each step of the search, which ends, as not paired, where it says no; null where nothing bounds it.</param>
    public static bool IsComplete<T>(IReadOnlyList<T> wanted, IReadOnlyList<T> found, Func<T, T, bool> wouldDo, Func<bool>? spend = null)
    {
        var partners = new List<int>[wanted.Count];
        for (var want = 0; want < wanted.Count; want++)
        {
            partners[want] = [.. Enumerable.Range(0, found.Count).Where(have => wouldDo(wanted[want], found[have]))];
            if (partners[want].Count == 0)
            {
                return false;
            }
        }

        var pairing = new Pairing(partners, spend ?? (() => true));
        return Enumerable.Range(0, wanted.Count).All(pairing.FindPartner);
    }

    // Breadth first over paths on which expected ones would change their partners, to a found one that has none.
    private bool FindPartner(int start)
    {
        var cameFrom = new Dictionary<int, int>();
        var queue = new Queue<int>([start]);
        while (queue.TryDequeue(out var want))
        {
            foreach (var have in partners[want])
            {
                if (!spend())
                {
                    return false;
                }

                if (!cameFrom.TryAdd(have, want))
                {
                    continue;
                }

                if (wantedOf[have] == None)
                {
                    Change(have, cameFrom);
                    return true;
                }

                queue.Enqueue(wantedOf[have]);
            }
        }

        return false;
    }

    private void Change(int have, Dictionary<int, int> cameFrom)
    {
        while (have != None)
        {
            var want = cameFrom[have];
            (wantedOf[have], foundOf[want], have) = (want, have, foundOf[want]);
        }
    }
}
