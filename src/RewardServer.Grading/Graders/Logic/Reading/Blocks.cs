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
            announced = match.Index + match.Length;
        }

        if (announced >= 0)
        {
            yield return response[announced..];
        }

        foreach (var paragraph in Paragraphs(response).Reverse())
        {
            yield return paragraph;
            var lines = paragraph.Split('\n');
            foreach (var line in lines.Length > 1 ? lines.Reverse() : [])
            {
                yield return line;
            }

            foreach (var sentence in lines.Reverse().SelectMany(line => Sentences(line).Reverse()))
            {
                yield return sentence;
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
    private static IEnumerable<string> Sentences(string line)
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
