using System.Text.RegularExpressions;

namespace RewardServer.Grading.Extraction;

/// <summary>
/// Base models that were shown examples go on with a problem of their own after they have answered. What they answer to that one
/// is not the answer.
/// </summary>
internal static class NextProblem
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;

    private static readonly Regex Answered = new(@"\\f?box(ed)?\s?\{|####|\b([Aa]nswer|ANSWER)(s)?(\*\*)?( is|:)|</answer>", Options);
    private static readonly Regex Begins = new(@"\n\s*(#{1,3} |\*\*)?(Question|Problem|Q|Human|User|Instruction)(\*\*)?:", Options);

    /// <summary>The text up to where another problem begins after an answer; the whole where none does.</summary>
    public static string Cut(string text)
    {
        foreach (var answered in Answered.EnumerateMatches(text))
        {
            foreach (var begins in Begins.EnumerateMatches(text.AsSpan(answered.Index)))
            {
                return text[..(answered.Index + begins.Index)];
            }

            break;
        }

        return text;
    }
}
