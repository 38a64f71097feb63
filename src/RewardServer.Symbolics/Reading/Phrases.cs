using System.Text.RegularExpressions;
using RewardServer.Symbolics.Expressions;

namespace RewardServer.Symbolics.Reading;

/// <summary>
/// Words that say what a symbol says: that there is no solution, or infinitely many, or that every number is one. They are matched whole,
/// folded (lower case, no articles, no white space), so that no "not" slips in.
/// </summary>
internal static class Phrases
{
    private const int Longest = 60;
    private const string Subject = "((there|it|equation|system|inequality|problem|this)(is|are|has|have))?";

    private static readonly Regex NoSolution = Whole(Subject + "no(real|integer|positive|rational|complex|such|possible|valid)*(solution|root|value|number|integer|zero|triple|pair)s?(exists?)?|emptyset|setisempty");

    private static readonly Regex InfinitelyMany = Whole(Subject + "(infinitelymany|infinitenumber(of)?|infinitenumbersof)(real|integer)?(solution|value|root)?s?(exists?)?");

    private static readonly Regex NoValue = Whole("(limit|derivative|integral|sum|value|it|answer)?(does)?(notexist|n['t]*texist)|dne|(is)?(undefined|notdefined)");

    private static readonly Regex AllNumbers = Whole("(setof)?(all|any|every|each)?(possible)?(?<kind>real|integer|positiveinteger|natural|rational|complex)(number|value)?s?(of)?[a-z]?");

    /// <summary>The constant that a folded text names; null where it names none.</summary>
    public static Constant? Read(string folded)
    {
        if (folded.Length > Longest)
        {
            return null;
        }

        return folded == "none" || NoSolution.IsMatch(folded) ? new(ConstantKind.EmptySet)
            : folded == "infinity" || InfinitelyMany.IsMatch(folded) ? new(ConstantKind.Infinity)
            : NoValue.IsMatch(folded) ? new(ConstantKind.Undefined)
            : folded.Length > 4 && AllNumbers.Match(folded) is { Success: true } all ? NumbersOf(folded, all.Groups["kind"].Value) : null;
    }

    // "real" and "integer" are words like any other; what names the set says that it is all of them.
    private static Constant? NumbersOf(string folded, string kind) => folded == kind || (folded == kind + "number") || folded == kind + "value" ? null : new(kind switch
    {
        "real" => ConstantKind.Reals,
        "integer" => ConstantKind.Integers,
        "rational" => ConstantKind.Rationals,
        "complex" => ConstantKind.Complexes,
        _ => ConstantKind.Naturals,
    });

    private static Regex Whole(string pattern) => new($"^({pattern})$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);
}
