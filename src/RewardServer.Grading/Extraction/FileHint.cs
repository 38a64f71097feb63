using System.Buffers;
using RewardServer.Grading.Graders.Code;

namespace RewardServer.Grading.Extraction;

/// <summary>Finds the name of the file that a fenced block is, where a response gives it one.</summary>
internal static class FileHint
{
    private const int LongestLine = 200;

    // Files that programs read; never those of another language.
    private static readonly string[] DataEndings =
        [".txt", ".json", ".csv", ".tsv", ".yaml", ".yml", ".toml", ".ini", ".cfg", ".xml", ".dat", ".in", ".pth", ".props", ".targets"];

    private static readonly string[] Keys = ["title", "filename", "file", "name", "path"];
    private static readonly string[] Labels = ["filename", "file name", "file path", "filepath", "file", "path"];
    private static readonly string[] CommentMarks = ["//", "/*", "<!--", "--", "#", ";"];

    private static readonly SearchValues<char> TokenEnds = SearchValues.Create(" \t*`\"'");

    /// <summary>The path that a block is given, with '/' between its parts; null where it has none.</summary>
    public static string? Of(string text, CodeFence fence, CodeLanguage language)
    {
        var own = language.IsCalled(fence.Language) || IsFileName(fence.Language, language);
        var unnamed = fence.Language.Length == 0;
        var before = Before(text, fence.Opening.Start);
        var hint = InInfo(fence.Opening.Info, language) ?? Alone(before, language, marked: true)
            ?? (own ? Quoted(before, language) : null)
            ?? (own || unnamed ? InComment(FirstLine(text, fence), language) : null);

        // What shows how to run `main.py` is no Python, and what `input.txt` holds is none either.
        return hint is null || ReservedFiles.Has(hint) || (IsOwn(hint, language) ? own || unnamed : !own) ? hint : null;
    }

    /// <summary>Whether a name ends as those of the language's files do.</summary>
    public static bool IsOwn(string path, CodeLanguage language) => EndsWithAny(path, language.FileEndings);

    // ```python main.py, ```python title="main.py", ```python:main.py, ```main.py
    private static string? InInfo(string info, CodeLanguage language)
    {
        foreach (var word in info.Split([' ', '\t', '{', '}', ','], StringSplitOptions.RemoveEmptyEntries))
        {
            var split = word.IndexOfAny(['=', ':']);
            var (key, value) = split < 0 ? ("", word) : (word[..split], word[(split + 1)..]);
            if ((key.Length == 0 || Keys.Contains(key, StringComparer.OrdinalIgnoreCase) || language.IsCalled(key))
                && Name(value.Trim('"', '\'', '`'), language) is { } name)
            {
                return name;
            }
        }

        return null;
    }

    // "**utils.py**", "### `utils.py`", "2. File: utils.py (helpers)"
    private static string? Alone(ReadOnlySpan<char> line, CodeLanguage language, bool marked)
    {
        var rest = line.Trim();
        var whole = rest.Length;
        rest = rest.TrimStart("0123456789") is { IsEmpty: false } after && after[0] is '.' or ')' && after.Length < rest.Length && after.Length > 1 && after[1] == ' ' ? after[1..] : rest;
        rest = rest.TrimStart(" #>-*`");
        foreach (var label in Labels)
        {
            if (rest.StartsWith(label, StringComparison.OrdinalIgnoreCase) && rest[label.Length..].TrimStart(" *`") is [':', .. var value])
            {
                rest = value.TrimStart(" *`\"'");
                whole = int.MaxValue;
                break;
            }
        }

        var end = rest.IndexOfAny(TokenEnds);
        var token = (end < 0 ? rest : rest[..end]).TrimEnd(":,");
        var more = rest[token.Length..].TrimStart(" \t*`\"':");

        // A bare word is a heading only where it is marked as one, or alone with its colon.
        return (more.IsEmpty || more[0] is '(' or '-' or '–' or '—' || more.SequenceEqual("*/") || more.SequenceEqual("-->"))
            && (!marked || token.Length < whole) ? Name(token.ToString(), language) : null;
    }

    // "Create a file `utils.py`:"
    private static string? Quoted(ReadOnlySpan<char> line, CodeLanguage language)
    {
        var first = line.IndexOf('`');
        var rest = first < 0 ? default : line[(first + 1)..];
        var end = rest.IndexOf('`');
        return end > 0 && !rest[(end + 1)..].Contains('`') && rest.TrimEnd(" *").EndsWith(":", StringComparison.Ordinal)
            ? Name(rest[..end].ToString(), language)
            : null;
    }

    // "# utils.py", "// file: utils.h"
    private static string? InComment(ReadOnlySpan<char> line, CodeLanguage language)
    {
        foreach (var mark in CommentMarks)
        {
            if (line.StartsWith(mark, StringComparison.Ordinal))
            {
                return Alone(line[mark.Length..], language, marked: false);
            }
        }

        return null;
    }

    private static string? Name(string token, CodeLanguage language)
    {
        var path = token.Replace('\\', '/');
        path = path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path;
        return IsFileName(path, language) ? path : null;
    }

    private static bool IsFileName(string path, CodeLanguage language) =>
        path.Length is > 1 and <= LongestLine
        && path.All(letter => char.IsLetterOrDigit(letter) || letter is '_' or '-' or '.' or '/' or '+' or ':')
        && (ReservedFiles.Has(path)
            || (EndsWithAny(path, language.FileEndings) || EndsWithAny(path, DataEndings)) && path[path.LastIndexOf('/') + 1] != '.');

    private static bool EndsWithAny(string path, IReadOnlyList<string> endings) =>
        endings.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    // The line before, over at most one empty one.
    private static ReadOnlySpan<char> Before(string text, int start)
    {
        for (var skipped = 0; skipped < 2 && start > 0; skipped++)
        {
            var from = Math.Max(0, start - 1 - LongestLine);
            var line = text.AsSpan(from, start - 1 - from);
            var begin = line.LastIndexOf('\n') + 1;
            if (!line[begin..].IsWhiteSpace())
            {
                return begin == 0 && from > 0 ? default : line[begin..];
            }

            start = from + begin;
        }

        return default;
    }

    private static ReadOnlySpan<char> FirstLine(string text, CodeFence fence)
    {
        var content = text.AsSpan(Math.Min(fence.Start, fence.End)..fence.End);
        content = content[..Math.Min(content.Length, LongestLine)].TrimStart();
        var end = content.IndexOf('\n');
        return (end < 0 ? content : content[..end]).TrimEnd();
    }
}
