using System.Text;
using System.Text.RegularExpressions;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Grading.Graders.Code.TestRuns.Calls;

/// <summary>
/// What a driver says became of a call: "VERB NONCE TEXT". One that is longer than a report may be stands in a file, and
/// the report is "file NONCE". A "!" after the verb says that the value is of a type that equals whatever it is compared with.
/// </summary>
/// <param name="Verb">"value": the text is the result; "raise": the text is what was raised; "cannot": the result cannot
/// cross, and "missing": there is nothing to call, for the reason that the text is; "large": the result is over what is kept; "argument": the language has no
/// value for an argument, which the driver says before anything of the candidate's runs.</param>
/// <param name="Text">UTF-8, as the candidate's process wrote it.</param>
/// <param name="IsSuspect">Whether the value's type is made to pass comparisons.</param>
internal sealed partial record CallReport(string Verb, ReadOnlyMemory<byte> Text, bool IsSuspect)
{
    /// <summary>Where a long report stands.</summary>
    public const string File = ".result";

    /// <summary>Reads the report of a run; null where it is not one that the driver made.</summary>
    public static CallReport? Read(RunResult run, string nonce)
    {
        var report = Encoding.UTF8.GetString(run.Report.Span) == $"file {nonce}"
            ? run.Files.FirstOrDefault(file => file.Path == File)?.Content ?? default
            : run.Report;
        var head = Encoding.Latin1.GetString(report.Span[..Math.Min(report.Length, nonce.Length + 20)]);
        return Head().Match(head) is { Success: true } match && match.Groups["nonce"].Value == nonce
            ? new(match.Groups["verb"].Value, report[match.Length..], match.Groups["suspect"].Success)
            : null;
    }

    [GeneratedRegex("^(?<verb>value|raise|cannot|missing|large|argument)(?<suspect>!)? (?<nonce>[0-9A-F]+) ", RegexOptions.CultureInvariant)]
    private static partial Regex Head();
}
