using System.Text.RegularExpressions;

namespace RewardServer.Jobs.Reports;

/// <summary>Makes reasons of one kind one: what differs between items is left out.</summary>
internal static partial class ReasonKind
{
    private const int Longest = 120;

    /// <summary>The kind of a reason.</summary>
    public static string Of(string reason)
    {
        var first = reason.AsSpan().IndexOfAny('\r', '\n') is >= 0 and var end ? reason[..end] : reason;
        var kind = Numbers().Replace(Quoted().Replace(first, "…"), "…");
        return kind.Length <= Longest ? kind : kind[..Longest] + "…";
    }

    [GeneratedRegex("'[^']*'|\"[^\"]*\"|`[^`]*`|\\$[^$]*\\$")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"-?\d[\d.,]*")]
    private static partial Regex Numbers();
}
