using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Grading.Graders.Code.Parsing;

/// <summary>Reads what compilers say of a program that does not compile.</summary>
internal static partial class CompilerWords
{
    private const int MostErrors = 50;

    // How the worker that compiles C# ends where all that is wrong is that the text does not go on.
    private const int CSharpTruncated = 3;

    // Without a place in a file: it is the command line that asks for them, and no program.
    private const string NoTypes = "error TS2688: ";

    /// <summary>What the words of a failed compilation say.</summary>
    /// <param name="run">The compiler's run, which ended by itself.</param>
    /// <param name="files">The candidate's files.</param>
    public static CompletenessReport Read(RunResult run, IReadOnlyList<SandboxFile> files)
    {
        // TypeScript's speaks on standard output.
        var words = Encoding.UTF8.GetString(run.Stderr.Span) + "\n" + Encoding.UTF8.GetString(run.Stdout.Span);
        if (words.Contains(NoTypes, StringComparison.Ordinal) && words.Split('\n').Any(line => line.StartsWith(NoTypes, StringComparison.Ordinal)))
        {
            return CompletenessReport.Failed("the declarations of Node.js that TypeScript needs are not installed");
        }

        var errors = Errors(words).Take(MostErrors).ToList();
        var first = errors.Count > 0 ? errors[0].Text : Unplaced(words);
        return run.ExitCode == CSharpTruncated || (errors.Count > 0 && AreOfTheEnd(errors, files))
            ? CompletenessReport.Truncated(first)
            : CompletenessReport.Malformed(first);
    }

    private static bool AreOfTheEnd(List<Error> errors, IReadOnlyList<SandboxFile> files)
    {
        var ends = files.ToDictionary(file => file.Path, file => TextEnd.Of(Encoding.UTF8.GetString(file.Content.Span)), StringComparer.Ordinal);
        var proven = false;
        foreach (var error in errors)
        {
            if (!ends.TryGetValue(error.File, out var end))
            {
                return false;
            }

            var saysSo = EndWords().IsMatch(error.Text) && (!OfOneLine().IsMatch(error.Text) || error.Line >= end.Line);
            if (!saysSo && !end.IsCutWord(error.Line, error.Column))
            {
                return false;
            }

            proven |= saysSo || end.IsBehind(error.Line, error.Column);
        }

        return proven;
    }

    private static IEnumerable<Error> Errors(string words)
    {
        var pending = "";
        foreach (var raw in words.Split('\n'))
        {
            var line = raw.Replace("/box/", "", StringComparison.Ordinal).Trim();
            if (Placed().Match(line) is { Success: true } match)
            {
                yield return Of(match, match.Groups["message"].Value);
            }
            else if (pending.Length > 0 && Arrow().Match(line) is { Success: true } arrow)
            {
                // Rust's says first what, and on the next line where.
                yield return Of(arrow, pending);
                pending = "";
            }
            else if (line.StartsWith("error", StringComparison.Ordinal) && line.Contains(": ", StringComparison.Ordinal))
            {
                pending = line;
            }
        }
    }

    private static Error Of(Match match, string message)
    {
        int Number(string group) => int.TryParse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture, out var number) ? number : 0;
        var (file, line) = (match.Groups["file"].Value, Number("line"));
        file = file.StartsWith("./", StringComparison.Ordinal) ? file[2..] : file;
        return new(file, line, Number("column"), string.Create(CultureInfo.InvariantCulture, $"{file}, line {line}: {message}"));
    }

    private static string Unplaced(string words)
    {
        // A linker speaks of the compiler's temporary files, whose names are drawn anew each time.
        var lines = Temporary().Replace(words, "the program").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return Array.Find(lines, line => line.Contains("undefined reference", StringComparison.Ordinal))
            ?? Array.Find(lines, line => line.Contains("error", StringComparison.Ordinal))
            ?? lines.FirstOrDefault()
            ?? "the program does not compile, and its compiler does not say why";
    }

    // GCC, javac, go: FILE:LINE[:COLUMN]: [error: ]MESSAGE. C# and TypeScript: FILE(LINE,COLUMN): error MESSAGE.
    [GeneratedRegex(@"^(?<file>[^\s:()]{1,300})(:(?<line>\d{1,9})(:(?<column>\d{1,9}))?: (fatal )?(error: |(?=syntax error))|\((?<line>\d{1,9}),(?<column>\d{1,9})\): error |:(?<line>\d{1,9}):(?<column>\d{1,9}): (?!note:|warning:|  ))(?<message>.+)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Placed();

    [GeneratedRegex(@"/tmp/cc\w{6}\.(ltrans\d{1,4}\.)?l?o\b", RegexOptions.CultureInvariant)]
    private static partial Regex Temporary();

    [GeneratedRegex(@"^--> (?<file>[^\s:]{1,300}):(?<line>\d{1,9}):(?<column>\d{1,9})$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Arrow();

    [GeneratedRegex(
        "at end of input|unterminated|missing terminating|reached end of file while parsing|unclosed|unexpected EOF|<eof>|not terminated|newline in string|unexpected newline|TS1002|TS1010|TS1126|TS1160|TS1161",
        RegexOptions.CultureInvariant)]
    private static partial Regex EndWords();

    // A literal that must end with its line is a matter of the end on the last line alone.
    [GeneratedRegex("missing terminating|unclosed (string|character|char)|newline in|unexpected newline|rune literal|TS1002|TS1161|unterminated character", RegexOptions.CultureInvariant)]
    private static partial Regex OfOneLine();

    private sealed record Error(string File, int Line, int Column, string Text);
}
