using System.Collections.Immutable;
using System.Numerics;

namespace RewardServer.Training.Problems.Knights;

/// <summary>Finds the islands on which who is who follows from what everybody claims.</summary>
internal static class IslandPuzzles
{
    // So many puzzles are enough to learn from; of more, as many are taken evenly from all of them.
    private const int Most = 20_000;

    /// <summary>For each of them, which claim each of the people makes. Nobody claims what they are themselves, which says nothing or cannot be.</summary>
    /// <param name="people">How many people there are.</param>
    /// <param name="claims">What can be claimed.</param>
    public static ImmutableArray<ImmutableArray<int>> With(int people, ImmutableArray<Claim> claims)
    {
        var choices = Enumerable.Range(0, people).Select(person => Choices(person, people, claims)).ToArray();
        var count = 0;
        Search(choices, new int[people], 0, uint.MaxValue, _ => count++);
        var (found, seen, share) = (ImmutableArray.CreateBuilder<ImmutableArray<int>>(), 0u, Math.Min(1, (double)Most / count));
        Search(choices, new int[people], 0, uint.MaxValue, chosen =>
        {
            // Multiples of the golden ratio lie evenly, and in no step with the order of the search (Knuth, volume 3, 6.4).
            if (unchecked(seen++ * 2654435769u) < share * (1L << 32))
            {
                found.Add([.. chosen]);
            }
        });
        return found.ToImmutable();
    }

    // Each claim that somebody can make, with a bit for each case that it fits.
    private static (int Claim, uint Cases)[] Choices(int person, int people, ImmutableArray<Claim> claims) =>
    [
        .. from claim in Enumerable.Range(0, claims.Length)
           where claims[claim].Kind != ClaimKind.Is || claims[claim].One != person
           let cases = IslandCase.All(people).Where(each => each.Fits(person, claims[claim])).Aggregate(0u, (bits, each) => bits | (1u << each.Number))
           where cases != 0
           select (claim, cases),
    ];

    private static void Search((int Claim, uint Cases)[][] choices, int[] chosen, int person, uint left, Action<int[]> found)
    {
        foreach (var (claim, cases) in choices[person])
        {
            chosen[person] = claim;
            var still = left & cases;
            if (person + 1 < choices.Length)
            {
                if (still != 0)
                {
                    Search(choices, chosen, person + 1, still, found);
                }
            }
            else if (BitOperations.PopCount(still) == 1)
            {
                found(chosen);
            }
        }
    }
}
