using System.Text.RegularExpressions;

namespace RewardServer.Grading.Graders.Chain;

/// <summary>Tells an ellipsis that stands for something left out from one after the digits of a decimal that repeats.</summary>
internal static class EllipsisIn
{
    private static readonly Regex Any = new(@"…|\.\.|\\[lcvd]?dots", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    private static readonly Regex AfterDecimal = new(
        @"\d\.\d+\s*(…|\.\.\.|\\l?dots)\s*$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);

    /// <summary>Whether the side leaves something out.</summary>
    public static bool AMiddle(string side) => Any.IsMatch(side) && !AfterDecimal.IsMatch(side);
}
