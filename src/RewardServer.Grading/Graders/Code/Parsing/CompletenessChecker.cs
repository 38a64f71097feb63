using System.Collections.Immutable;
using System.Text;
using RewardServer.Grading.Extraction;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Grading.Graders.Code.Parsing;

/// <summary>Tells whether a program is whole without running it: by its compiler, or a parser, in the sandbox.</summary>
/// <param name="sandbox">Where compilers and parsers run.</param>
public sealed class CompletenessChecker(SandboxPool sandbox)
{
    /// <summary>Checks a program.</summary>
    /// <param name="language">Its language, which must be available in the sandbox.</param>
    /// <param name="program">Its files, the main one first.</param>
    /// <param name="whole">
    /// What is compiled where the program alone is none, as with a driver that calls its functions; null where it is one.
    /// Matters for compiled languages alone.
    /// </param>
    /// <param name="cancellation">Ends the wait or the check.</param>
    /// <exception cref="ArgumentException">The language is not available, or the files are no program's.</exception>
    /// <exception cref="SandboxBusyException">Too many programs wait.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<CompletenessReport> CheckAsync(
        CodeLanguage language, ImmutableArray<ProgramFile> program, RunRequest? whole, CancellationToken cancellation)
    {
        if (SourceParser.RequestFor(language, program) is { } parse)
        {
            return SourceParser.Judge(await sandbox.RunAsync(parse, cancellation).ConfigureAwait(false));
        }

        var files = program.Select(file => new SandboxFile(file.Path, Encoding.UTF8.GetBytes(file.Text))).ToImmutableArray();
        var alone = new RunRequest { Language = language.Name, Files = files };
        if (await sandbox.CompileAsync(whole ?? alone, cancellation).ConfigureAwait(false) is not { } made)
        {
            return OpenEnd(language, program[0].Text);
        }

        var report = ReportOf(made, whole?.Files ?? files);
        if (report.State != Completeness.Malformed || report.Signal is not null || whole is null)
        {
            return report;
        }

        // Where the program breaks off, its driver goes on: only alone does it end where the text does.
        var own = await sandbox.CompileAsync(alone, cancellation).ConfigureAwait(false);
        return ReportOf(own!, files) is { State: not Completeness.Complete and not Completeness.Malformed } early ? early : report;
    }

    private static CompletenessReport ReportOf(Compilation made, IReadOnlyList<SandboxFile> files) => made.Run.Status switch
    {
        RunStatus.SandboxFault => CompletenessReport.Failed(made.Run.Fault),
        RunStatus.SlotBreaker => CompletenessReport.Broke,
        _ when made.Succeeded => CompletenessReport.Complete,
        RunStatus.Ok or RunStatus.NonZeroExit or RunStatus.OutputLimit => CompilerWords.Read(made.Run, files),
        RunStatus.Signal => CompletenessReport.Malformed("the compiler crashed on the program"),
        _ => CompletenessReport.OverLimits("the program could not be compiled within limits"),
    };

    // SQL is parsed as it runs: only what never ends can be told before.
    private static CompletenessReport OpenEnd(CodeLanguage language, string source)
    {
        var literals = new LiteralTracker(language.Syntax);
        literals.ReadAll(source);
        return literals.Close is { } close
            ? CompletenessReport.Truncated($"{language.MainFile}: a comment or literal is never closed with {close}")
            : new(Completeness.Unknown);
    }
}
