using System.Text.RegularExpressions;

namespace RewardServer.Grading.Graders.Logic.Reading;

/// <summary>The parts of a response that may be its answer where nothing marks one.</summary>
internal static class Blocks
{
    /// <summary>Characters of the longest text that is read as an answer.</summary>
    public const int Longest = 50_000;

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;

    private static readonly Regex Announcement = new(
        @"(^|\n)[#*\s>]{0,8}((so|thus|therefore|hence|here),?\s)?((is|here is)\s)?((the|my|our)\s)?((final|correct|complete|unique|full|one)\s){0,2}(answer|solution|arrangement|assignment|colou?ring|path)\b[^\n]{0,60}(\n|:[*\s])", Options);

    /// <summary>
    /// What follows the last heading of an answer; then the paragraphs from the last to the first, each before its lines and these before its
    /// sentences. Every character is in at most four of them.
    /// </summary>
    public static IEnumerable<string> LastFirst(string response)
    {
        var announced = -1;
        foreach (var match in Announcement.EnumerateMatches(response))
        {
            announced = Doubt.In(response[match.Index..(match.Index + match.Length)]) == DoubtKind.None ? match.Index + match.Length : -1;
        }

        if (announced >= 0 && !IsTakenBack(response[announced..]))
        {
            yield return response[announced..];
        }

        var after = "";
        var paragraphs = Paragraphs(response).ToList();
        for (var i = paragraphs.Count - 1; i >= 0; after = paragraphs[i], i--)
        {
            // "It cannot be:", and what it cannot be below.
            if (i > 0 && Introduces(paragraphs[i - 1]))
            {
                continue;
            }

            if (!Doubt.Retracts(First(after)))
            {
                yield return paragraphs[i];
            }

            foreach (var part in Parts(paragraphs[i].Split('\n'), First(after)))
            {
                yield return part;
            }
        }
    }

    /// <summary>Whether a text is one line of one sentence.</summary>
    public static bool IsSentence(string text) => !text.AsSpan().Trim().Contains('\n') && Sentences(text.Trim()).Length == 0;

    /// <summary>Whether the last words of a text, or those before its last numbers, say that these are no answer.</summary>
    public static bool IsTakenBack(string text)
    {
        var lines = text.Split('\n').Where(line => !string.IsNullOrWhiteSpace(line)).ToList();
        var last = lines.FindLastIndex(line => line.Any(char.IsAsciiDigit));
        var words = last < 0 ? -1 : lines.FindLastIndex(last, line => !line.Any(char.IsAsciiDigit) && line.Any(char.IsLetter));
        return last + 1 < lines.Count && last >= 0 && Doubt.Retracts(First(lines[last + 1])) || (words >= 0 && Introduces(lines[words]));
    }

    private static bool Introduces(string text) => text.AsSpan().TrimEnd().EndsWith(":") && Doubt.In(Last(text)) != DoubtKind.None;

    private static string First(string text) => Sentences(text.Split('\n')[0]) is [var first, ..] ? first : text.Split('\n')[0];

    private static string Last(string text) => Sentences(text.Split('\n')[^1]) is [.., var last] ? last : text.Split('\n')[^1];

    // Lines, then sentences, the last first, without those that the next one takes back.
    private static IEnumerable<string> Parts(string[] lines, string after)
    {
        for (var i = lines.Length - 1; i >= 0 && lines.Length > 1; i--)
        {
            if (!Doubt.Retracts(i + 1 < lines.Length ? First(lines[i + 1]) : after))
            {
                yield return lines[i];
            }
        }

        for (var i = lines.Length - 1; i >= 0; i--)
        {
            var next = i + 1 < lines.Length ? First(lines[i + 1]) : after;
            foreach (var sentence in Sentences(lines[i]).Reverse())
            {
                if (!Doubt.Retracts(next))
                {
                    yield return sentence;
                }

                next = sentence;
            }
        }
    }

    /// <summary>What stands between empty lines.</summary>
    public static IEnumerable<string> Paragraphs(string text)
    {
        var lines = new List<string>();
        foreach (var line in text.Split('\n').Append(""))
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                lines.Add(line);
            }
            else if (lines.Count > 0)
            {
                yield return string.Join('\n', lines);
                lines.Clear();
            }
        }
    }

    // None where the line is one sentence, and has been read as a line.
    private static string[] Sentences(string line)
    {
        var (sentences, start) = (new List<string>(), 0);
        for (var i = 0; i + 1 < line.Length; i++)
        {
            if (line[i] is '.' or '!' or '?' && line[i + 1] == ' ')
            {
                sentences.Add(line[start..(i + 1)]);
                start = i + 1;
            }
        }

        return start == 0 ? [] : [.. sentences, line[start..]];
    }
}
