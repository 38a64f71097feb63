namespace RewardServer.Grading.Graders.Code.Checkers;

/// <summary>Pairs what was expected with what was given, each with one that is the same to a rule.</summary>
internal static class Pairing
{
    // Above it sorted neighbours alone are tried: those of one number each are paired rightly so, and time stays bounded.
    private const int MostSearched = 500;

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

        return first == wanted.Count || (isTolerant && wanted.Count <= MostSearched && CanBePaired(wanted, got, same)) ? null : first;
    }

    // Kuhn's augmenting paths, in cubic time.
    private static bool CanBePaired<T>(List<T> wanted, List<T> got, Func<T, T, bool> same)
    {
        var edges = wanted.Select(want => Enumerable.Range(0, got.Count).Where(at => same(want, got[at])).ToArray()).ToArray();
        var partners = new int[got.Count];
        Array.Fill(partners, -1);
        return Enumerable.Range(0, wanted.Count).All(want => FindsPartner(want, edges, partners, new bool[got.Count]));
    }

    private static bool FindsPartner(int want, int[][] edges, int[] partners, bool[] tried)
    {
        foreach (var have in edges[want])
        {
            if (!tried[have])
            {
                tried[have] = true;
                if (partners[have] < 0 || FindsPartner(partners[have], edges, partners, tried))
                {
                    partners[have] = want;
                    return true;
                }
            }
        }

        return false;
    }
}
