using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using RewardServer.Grading.Extraction;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Grading.Graders.Code.Parsing;

/// <summary>Parses programs of languages without a compiler: a driver in the sandbox reads them as data, and nothing of them runs.</summary>
internal static class SourceParser
{
    private static readonly ResourceLimits Limits = new(10, 30, 1024, 16, 64);

    private static readonly FrozenDictionary<string, byte[]> Drivers = new Dictionary<string, byte[]>
    {
        ["python"] = Read("parse_python.py"),
        ["javascript"] = Read("parse_javascript.js"),
        ["bash"] = Read("parse_bash.sh"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The run that parses a program; null where its language has no driver.</summary>
    public static RunRequest? RequestFor(CodeLanguage language, IReadOnlyList<ProgramFile> program) =>
        !Drivers.TryGetValue(language.Name, out var driver) ? null : new()
        {
            Language = language.Name,
            Files = [new(language.MainFile, driver), .. Sources([.. program.Where(file => FileHint.IsOwn(file.Path, language))])],
            WithReport = true,
            Limits = Limits,
        };

    /// <summary>What the driver's run says.</summary>
    public static CompletenessReport Judge(RunResult run)
    {
        var report = Encoding.UTF8.GetString(run.Report.Span).Split('\n', 2);
        return (run.Status, report[0]) switch
        {
            (RunStatus.SandboxFault, _) => CompletenessReport.Failed(run.Fault),
            (RunStatus.SlotBreaker, _) => CompletenessReport.Broke,
            (RunStatus.Ok, "complete") => CompletenessReport.Complete,
            (RunStatus.Ok, "unknown") => new(Completeness.Unknown),
            (RunStatus.Ok, "truncated") => CompletenessReport.Truncated(report[^1]),
            (RunStatus.Ok, "malformed") => CompletenessReport.Malformed(report[^1]),

            // A source on which the parser itself dies: nothing else of the candidate's has any say in that run.
            _ => CompletenessReport.OverLimits("the program could not be parsed within limits"),
        };
    }

    private static ImmutableArray<SandboxFile> Sources(ImmutableArray<ProgramFile> program) =>
    [
        .. program.Select((file, number) => new SandboxFile($"{number}.txt", Encoding.UTF8.GetBytes(file.Text))),
        new("sources.txt", Encoding.UTF8.GetBytes(string.Concat(program.Select((file, number) => $"{number}.txt {file.Path}\n")))),
    ];

    private static byte[] Read(string name)
    {
        using var stream = typeof(SourceParser).Assembly.GetManifestResourceStream(name)!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
