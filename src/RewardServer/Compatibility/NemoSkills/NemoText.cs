using System.Text.RegularExpressions;
using RewardServer.Sandboxing.Interpreters;

namespace RewardServer.Compatibility.NemoSkills;

/// <summary>Does to outputs what NeMo-Skills' server does (local_sandbox_server.py, postprocess_output and execute).</summary>
internal static partial class NemoText
{
    private const string CutMark = "<output cut>";

    /// <summary>
    /// Of a cell whose errors are printed in short: without escape codes, the places of cells in tracebacks, the mark of a value, and empty
    /// lines at its ends. Of others as it is.
    /// </summary>
    public static string OfCell(string output, CellTraceback traceback)
    {
        if (traceback is not (CellTraceback.Minimal or CellTraceback.Plain))
        {
            return output;
        }

        var lines = EscapeCode().Replace(output, "").Split('\n')
            .Where(line => !line.AsSpan().Trim().StartsWith("File <ipython-"))
            .Select(line => ValueMark().Replace(line, ""))
            .SkipWhile(line => line.Length == 0);
        var text = string.Join('\n', lines).TrimEnd();
        return text.Length > 0 ? text + "\n" : "";
    }

    /// <summary>Its first characters, with a mark where it has more. Characters are code points, as in Python.</summary>
    public static string Cut(string text, int characters)
    {
        if (text.Length <= characters)
        {
            return text;
        }

        var (at, left) = (0, characters);
        while (at < text.Length && left > 0)
        {
            at += char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) ? 2 : 1;
            left--;
        }

        return at < text.Length ? text[..at] + CutMark : text;
    }

    // ECMA-48: control sequences, and the escapes of two characters.
    [GeneratedRegex(@"\x1B(?:\[[\x30-\x3F]*[\x20-\x2F]*[\x40-\x7E]|[\x40-\x5A\x5C-\x5F])", RegexOptions.CultureInvariant)]
    private static partial Regex EscapeCode();

    [GeneratedRegex(@"^Out\[\d+\]:\s*", RegexOptions.CultureInvariant)]
    private static partial Regex ValueMark();
}
