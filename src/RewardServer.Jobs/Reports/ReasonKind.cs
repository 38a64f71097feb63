using System.Text.RegularExpressions;

namespace RewardServer.Jobs.Reports;

/// <summary>Makes reasons of one kind one: what differs between items is left out.</summary>
internal static partial class ReasonKind
{
    private const int Longest = 120;
    private const int MostRead = 2000;

    /// <summary>The kind of a reason.</summary>
    public static string Of(string reason)
    {
        // What is left out may be long, and what stays must not cost more than that.
        var beginning = reason.Length <= MostRead ? reason : reason[..MostRead];
        var first = beginning.AsSpan().IndexOfAny('\r', '\n') is >= 0 and var end ? beginning[..end] : beginning;
        var kind = Numbers().Replace(Quoted().Replace(first, "…"), "…");
        return kind.Length <= Longest ? kind : kind[..Longest] + "…";
    }

    [GeneratedRegex("'[^']*'|\"[^\"]*\"|`[^`]*`|\\$[^$]*\\$")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"-?\d[\d.,]*")]
    private static partial Regex Numbers();
}
