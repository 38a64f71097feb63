using System.Text;
using RewardServer.Grading.Completions;

namespace RewardServer.Grading.Graders.Code.Checkers;

/// <summary>
/// Compares what a program gave with what it should have given, by a <see cref="Checker"/> of any kind but "program". The
/// output is untrusted, and as large as it likes: the time is that of sorting it, at most.
/// </summary>
public static class OutputComparison
{
    /// <summary>Compares two outputs; bytes that are no UTF-8 become U+FFFD, but where every byte counts.</summary>
    /// <param name="checker">What counts.</param>
    /// <param name="expected">What should have been given.</param>
    /// <param name="given">What was.</param>
    /// <param name="subject">What it is called: "the output".</param>
    /// <exception cref="ArgumentException">The checker is a program.</exception>
    public static Comparison Compare(Checker checker, string expected, ReadOnlyMemory<byte> given, string subject = "the output") =>
        checker is { Kind: CheckerKind.Exact, IgnoreCase: false }
            ? ExactComparison.Compare(Encoding.UTF8.GetBytes(expected), given.Span, subject)
            : Compare(checker, expected, Encoding.UTF8.GetString(given.Span), subject);

    /// <summary>Compares byte by byte.</summary>
    public static Comparison CompareBytes(ReadOnlyMemory<byte> expected, ReadOnlyMemory<byte> given, string subject = "the output") =>
        ExactComparison.Compare(expected.Span, given.Span, subject);

    /// <summary>Compares two texts.</summary>
    /// <inheritdoc cref="Compare(Checker, string, ReadOnlyMemory{byte}, string)"/>
    public static Comparison Compare(Checker checker, string expected, string given, string subject = "the output")
    {
        var rule = TextRule.Of(checker);
        return checker.Kind switch
        {
            CheckerKind.Exact => ExactComparison.Compare(Bytes(expected, checker.IgnoreCase), Bytes(given, checker.IgnoreCase), subject),
            CheckerKind.Lines => checker.Unordered ? UnorderedComparison.Compare(rule, byTokens: false, expected, given, subject) : LineComparison.Compare(rule, expected, given, subject),
            CheckerKind.Tokens => checker.Unordered ? UnorderedComparison.Compare(rule, byTokens: true, expected, given, subject) : TokenComparison.Compare(rule, expected, given, subject),
            CheckerKind.Json => JsonComparison.Compare(rule, checker.Unordered, expected, given, subject),
            _ => throw new ArgumentException("A checker's program runs in the sandbox.", nameof(checker)),
        };
    }

    private static byte[] Bytes(string text, bool ignoreCase) => Encoding.UTF8.GetBytes(ignoreCase ? text.ToUpperInvariant() : text);

    /// <summary>Why nothing can be compared with an expected text, whatever is given; null where something can.</summary>
    public static string? Unjudgeable(Checker checker, string expected) =>
        checker.Kind == CheckerKind.Json && JsonTree.Read(expected, out var fault) is null ? $"the expected output of a test {fault}" : null;
}
