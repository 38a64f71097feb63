using System.Globalization;
using System.Text;

namespace RewardServer.Tests.Http.Jobs;

/// <summary>Rows to upload.</summary>
internal static class JobRows
{
    /// <summary>So many that are right, one a line, no two alike.</summary>
    public static string Right(int count)
    {
        var rows = new StringBuilder();
        for (var i = 1; i <= count; i++)
        {
            rows.Append(CultureInfo.InvariantCulture, $$$"""{"id":"q{{{i}}}","prompt":"Twice {{{i}}}?","completion":"<think>x</think><answer>{{{2 * i}}}</answer>","task":{"kind":"math","answer":"{{{2 * i}}}"}}""").Append('\n');
        }

        return rows.ToString();
    }
}
