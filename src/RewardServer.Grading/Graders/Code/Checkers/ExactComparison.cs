using System.Text;

namespace RewardServer.Grading.Graders.Code.Checkers;

/// <summary>Compares byte by byte.</summary>
internal static class ExactComparison
{
    // So many bytes hold the characters that are shown.
    private const int Shown = 4 * (Excerpt.Length + 1);

    public static Comparison Compare(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> given, string subject)
    {
        var same = expected.CommonPrefixLength(given);
        return same == expected.Length && same == given.Length
            ? Comparison.Equal
            : new($"{subject} differs at byte {same + 1} (line {given[..same].Count((byte)'\n') + 1}): {From(given, same)} where {From(expected, same)} was expected");
    }

    private static string From(ReadOnlySpan<byte> bytes, int start) =>
        start == bytes.Length ? "its end" : $"'{Excerpt.Head(Encoding.UTF8.GetString(bytes.Slice(start, Math.Min(Shown, bytes.Length - start))))}'";
}
