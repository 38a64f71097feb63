using System.Collections.Immutable;
using RewardServer.Grading.Completions.Puzzles;
using RewardServer.Training.Problems.Writing;

namespace RewardServer.Training.Problems.Knights;

/// <summary>What a claim says of one or two people.</summary>
internal enum ClaimKind
{
    /// <summary>That the one is what is claimed.</summary>
    Is,

    /// <summary>That both are knights, or both knaves.</summary>
    Same,

    /// <summary>That one is a knight and the other a knave.</summary>
    Different,

    /// <summary>That each of the two is what is claimed.</summary>
    Both,

    /// <summary>That at least one of the two is what is claimed.</summary>
    Either,
}

/// <summary>What somebody on the island may say.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="One">The one person, from 0.</param>
/// <param name="OneIsKnight">Whether the one is claimed to be a knight.</param>
/// <param name="Other">The other person; that of <see cref="One"/> where the claim is of one alone.</param>
/// <param name="OtherIsKnight">Whether the other is claimed to be a knight.</param>
internal sealed record Claim(ClaimKind Kind, int One, bool OneIsKnight, int Other, bool OtherIsKnight)
{
    private static readonly Phrase Knight = new("knight", "骑士"), Knave = new("knave", "无赖");

    /// <summary>All claims that can be made on an island, always in one order.</summary>
    /// <param name="people">How many people there are.</param>
    /// <param name="connectives">Whether two statements may be joined by "and" and "or".</param>
    public static ImmutableArray<Claim> All(int people, bool connectives)
    {
        bool[] roles = [true, false];
        var alone = from one in Enumerable.Range(0, people) from knight in roles select new Claim(ClaimKind.Is, one, knight, one, knight);
        var pairs = (from one in Enumerable.Range(0, people) from other in Enumerable.Range(one + 1, people - one - 1) select (One: one, Other: other)).ToArray();
        var compared = from pair in pairs from kind in (ClaimKind[])[ClaimKind.Same, ClaimKind.Different] select new Claim(kind, pair.One, true, pair.Other, true);
        var joined = from pair in pairs
                     from kind in (ClaimKind[])[ClaimKind.Both, ClaimKind.Either]
                     from one in roles
                     from other in roles
                     select new Claim(kind, pair.One, one, pair.Other, other);
        return [.. alone, .. compared, .. joined.Where(_ => connectives)];
    }

    /// <summary>Whether it is true where those people are knights.</summary>
    public bool Holds(IslandCase roles)
    {
        var (one, other) = (roles.IsKnight(One) == OneIsKnight, roles.IsKnight(Other) == OtherIsKnight);
        return Kind switch
        {
            ClaimKind.Is => one,
            ClaimKind.Same => roles.IsKnight(One) == roles.IsKnight(Other),
            ClaimKind.Different => roles.IsKnight(One) != roles.IsKnight(Other),
            ClaimKind.Both => one && other,
            _ => one || other,
        };
    }

    /// <summary>It in words.</summary>
    public Phrase Words()
    {
        var (one, other) = (Said(One, OneIsKnight), Said(Other, OtherIsKnight));
        var (first, second) = (IslandCase.NameOf(One), IslandCase.NameOf(Other));
        return Kind switch
        {
            ClaimKind.Is => one,
            ClaimKind.Same => new($"{first} and {second} are the same", $"{first}和{second}相同"),
            ClaimKind.Different => new($"{first} and {second} differ", $"{first}和{second}不同"),
            ClaimKind.Both => new($"{one.English} and {other.English}", $"{one.Chinese}且{other.Chinese}"),
            _ => new($"{one.English} or {other.English}", $"{one.Chinese}或{other.Chinese}"),
        };
    }

    /// <summary>It as the grader reads it.</summary>
    public Formula Formally(bool chinese)
    {
        Formula first = Formula.Of(IslandCase.NameOf(One)), second = Formula.Of(IslandCase.NameOf(Other));
        Formula one = new(Role(OneIsKnight).In(chinese), [first]), other = new(Role(OtherIsKnight).In(chinese), [second]);
        return Kind switch
        {
            ClaimKind.Is => one,
            ClaimKind.Same => new("same", [first, second]),
            ClaimKind.Different => new("different", [first, second]),
            ClaimKind.Both => new("and", [one, other]),
            _ => new("or", [one, other]),
        };
    }

    /// <summary>What somebody is called who is a knight, or is not.</summary>
    public static Phrase Role(bool knight) => knight ? Knight : Knave;

    private static Phrase Said(int person, bool knight) =>
        new($"{IslandCase.NameOf(person)} is a {Role(knight).English}", $"{IslandCase.NameOf(person)}是{Role(knight).Chinese}");
}
