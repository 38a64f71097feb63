namespace RewardServer.Training.Problems.Knights;

/// <summary>Who is a knight on an island, and who a knave.</summary>
/// <param name="people">How many people there are, at most 4.</param>
/// <param name="number">Which case: from 0, in which all are knights, to that in which none is. The last person's role changes first.</param>
internal readonly struct IslandCase(int people, int number)
{
    /// <summary>Which case it is.</summary>
    public int Number => number;

    /// <summary>How many cases there are.</summary>
    public static int Count(int people) => 1 << people;

    /// <summary>Whether a person is a knight.</summary>
    public bool IsKnight(int person) => (number >> (people - 1 - person) & 1) == 0;

    /// <summary>The case in which that person's role is the other.</summary>
    public IslandCase Turned(int person) => new(people, number ^ (1 << (people - 1 - person)));

    /// <summary>The case in which everybody's role fits what they claim, where there is one and no other; else null.</summary>
    /// <param name="claims">What each of the people claims.</param>
    public static IslandCase? Only(IReadOnlyList<Claim> claims)
    {
        IslandCase[] fitting = [.. All(claims.Count).Where(each => Enumerable.Range(0, claims.Count).All(person => each.Fits(person, claims[person])))];
        return fitting is [var only] ? only : null;
    }

    /// <summary>All cases in their order.</summary>
    public static IEnumerable<IslandCase> All(int people) => Enumerable.Range(0, Count(people)).Select(number => new IslandCase(people, number));

    /// <summary>Whether a person's role fits what they claim: a knight's claim holds, and a knave's does not.</summary>
    public bool Fits(int person, Claim claim) => IsKnight(person) == claim.Holds(this);

    /// <summary>What a person is called.</summary>
    public static string NameOf(int person) => ((char)('A' + person)).ToString();
}
