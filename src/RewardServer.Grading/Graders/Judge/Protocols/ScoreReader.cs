using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using RewardServer.Grading.Graders.Judge.Asking;

namespace RewardServer.Grading.Graders.Judge.Protocols;

/// <summary>
/// Reads the score that ends what a judge wrote: the last line <c>Score: N</c>, or an object with the member <c>score</c>. A score that stands
/// before the end is none: the judge may be quoting the text that it judges.
/// </summary>
/// <param name="lowest">The lowest score.</param>
/// <param name="highest">The highest.</param>
internal sealed class ScoreReader(double lowest, double highest)
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;

    private const string ThinkClose = "</think>", ThinkOpen = "<think>";

    private const string Number = @"[-+]?[0-9]{1,9}(\.[0-9]{1,9})?";

    private static readonly Regex Line = new(
        $@"^[\s>#*_`-]*((final|overall|total)\s+)?score[\s*_`]*[:：=][\s*_`]*(?<score>{Number})[\s*_`]*((/|out\s+of)\s*(?<of>{Number})[\s*_`]*)?\.?[\s*_`]*$", Options);

    /// <summary>Reads a reply.</summary>
    public JudgeReply Read(string reply)
    {
        var said = WithoutThinking(reply).Trim();
        var (score, of) = OfLine(said[(said.LastIndexOf('\n') + 1)..]);
        score ??= OfObject(said);
        return score is not { } given ? JudgeReply.Unscored("does not end its answer with a score")
            : of is not null && of != highest ? JudgeReply.Unscored(FormattableString.Invariant($"gives a score out of {of} and not out of {highest}"))
            : !(given >= lowest && given <= highest) ? JudgeReply.Unscored(FormattableString.Invariant($"gives the score {given}, which is not from {lowest} to {highest}"))
            : JudgeReply.Of((given - lowest) / (highest - lowest), said);
    }

    // Thinking that never ends has no answer after it.
    private static string WithoutThinking(string reply)
    {
        var close = reply.LastIndexOf(ThinkClose, StringComparison.Ordinal);
        var answer = close < 0 ? reply : reply[(close + ThinkClose.Length)..];
        return answer.Contains(ThinkOpen, StringComparison.Ordinal) ? "" : answer;
    }

    private static (double? Score, double? Of) OfLine(string line)
    {
        var match = Line.Match(line);
        return match.Success ? (Value(match.Groups["score"]), match.Groups["of"].Success ? Value(match.Groups["of"]) : null) : (null, null);
    }

    private static double Value(Group digits) => double.Parse(digits.ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static double? OfObject(string said)
    {
        var end = said.TrimEnd('`', '\n', '\r', ' ');
        if (!end.EndsWith('}'))
        {
            return null;
        }

        // The whole first: what it quotes may hold braces.
        var begin = end.IndexOf('{', StringComparison.Ordinal);
        return begin < 0 ? null : OfJson(end[begin..]) ?? OfJson(end[end.LastIndexOf('{')..]);
    }

    private static double? OfJson(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.Member("score").Number();
        }
        // The second is thrown for members whose names are half characters.
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
