using System.Collections.Immutable;
using RewardServer.Training.Problems.Writing;

namespace RewardServer.Training.Problems.Countdown;

/// <summary>How texts look for a way to a target: one try after another, none twice, the first that hits being the last.</summary>
/// <param name="aim">How much worse a try must be to be chosen 2.7 times less often; 0 for one order of all tries.</param>
/// <param name="patience">How likely one who gives up goes on after a miss.</param>
internal sealed class CountdownSearch(double aim, double patience)
{
    // How well guesses are aimed where searches are not aimed at all.
    private const double GuessesAim = 8;

    // Searches that find no room are begun anew so often, then shortened.
    private const int Beginnings = 8;

    /// <summary>What stands after a try that missed: nothing much, a word, or one that the grader <c>reflection</c> counts.</summary>
    public static ImmutableArray<string> Misses { get; } = ["; ", "; ", " no; ", "; wait "];

    /// <summary>A search that goes on until it hits the target.</summary>
    /// <param name="ways">All tries in their order, at least one of which hits it.</param>
    /// <param name="target">The target.</param>
    /// <param name="room">The most characters of the whole text.</param>
    /// <param name="random">What draws the tries.</param>
    public Reasoning ToTheTarget(ImmutableArray<CountdownTry> ways, int target, int room, Random random)
    {
        var tries = new List<CountdownTry>();
        var found = "";
        for (var beginning = 0; beginning < Beginnings; beginning++)
        {
            tries = InOrder(ways, target, random).ToList();
            tries = tries[..(tries.FindIndex(each => each.Value == target) + 1)];
            found = Join(tries, random);
            if (Fits(found, tries[^1], room))
            {
                break;
            }
        }

        while (!Fits(found, tries[^1], room))
        {
            tries.RemoveAt(0);
            found = Join(tries, random);
        }

        return new(found, tries[^1].Expression);
    }

    /// <summary>A search that gives up after some misses, and answers the last.</summary>
    /// <param name="misses">The tries that miss the target, at least one.</param>
    /// <param name="target">The target.</param>
    /// <param name="room">The most characters of the whole text.</param>
    /// <param name="random">What draws the tries.</param>
    public Reasoning GivenUp(ImmutableArray<CountdownTry> misses, int target, int room, Random random)
    {
        var thinking = "";
        CountdownTry? last = null;
        foreach (var next in InOrder(misses, target, random))
        {
            var longer = last is null ? next.Steps : thinking + Miss(random) + next.Steps;
            if (last is not null && (random.NextDouble() >= patience || !Fits(longer, next, room)))
            {
                break;
            }

            (thinking, last) = (longer, next);
        }

        return new(thinking, last!.Expression);
    }

    /// <summary>One of some tries: those near the target are likelier.</summary>
    public CountdownTry Choose(ImmutableArray<CountdownTry> tries, int target, Random random)
    {
        var weights = tries.Select(each => Math.Exp(-Math.Abs(each.Value - target) / (aim == 0 ? GuessesAim : aim))).ToArray();
        var place = random.NextDouble() * weights.Sum();
        for (var i = 0; i < tries.Length - 1; i++)
        {
            place -= weights[i];
            if (place < 0)
            {
                return tries[i];
            }
        }

        return tries[^1];
    }

    private IEnumerable<CountdownTry> InOrder(ImmutableArray<CountdownTry> tries, int target, Random random) =>
        aim == 0 ? tries.DistinctBy(each => each.Value) : Aimed(tries, target, random);

    private IEnumerable<CountdownTry> Aimed(ImmutableArray<CountdownTry> tries, int target, Random random)
    {
        while (!tries.IsEmpty)
        {
            var next = Choose(tries, target, random);
            tries = tries.Remove(next);
            yield return next;
        }
    }

    private static bool Fits(string thinking, CountdownTry last, int room) => Reasoning.Length(thinking.Length, last.Expression.Length) <= room;

    private static string Join(List<CountdownTry> tries, Random random) =>
        tries.Skip(1).Aggregate(tries[0].Steps, (thinking, next) => thinking + Miss(random) + next.Steps);

    private static string Miss(Random random) => Misses[random.Next(Misses.Length)];
}
