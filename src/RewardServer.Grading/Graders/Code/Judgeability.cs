using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders.Code.Checkers;
using RewardServer.Grading.Graders.Code.Generation.Properties;
using RewardServer.Grading.Graders.Code.TestRuns.Calls.Drivers;
using RewardServer.Grading.Graders.Code.TestRuns.Check.Shared;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Grading.Graders.Code;

/// <summary>Whether a task can be judged at all. It follows from the task and this server alone, never from what a candidate wrote.</summary>
/// <param name="sandbox">Where programs, checkers and interactors run.</param>
/// <param name="task">The task.</param>
internal sealed class Judgeability(SandboxPool sandbox, CodeTask task)
{
    // Room for the nonce that goes before a check.
    private const int MostInput = RunRequest.MaxInputBytes - 1024;

    // Beside data there is room for a program and its artifacts.
    private const int Spare = 4 << 20;

    private readonly ResourceLimits limits = (task.Limits ?? new()).Resolve();
    private readonly long room = Math.Min(RunRequest.MaxInputBytes, (long)sandbox.ScratchMb << 20) - Spare;

    /// <summary>Why the task cannot be judged; null where it can.</summary>
    public string? Fault()
    {
        var language = sandbox.Languages.FirstOrDefault(known => known.Name == task.Language);
        return language is null || !CodeLanguage.All.ContainsKey(task.Language)
            ? $"'{task.Language}' is not a language this server knows"
            : !language.Available ? $"{task.Language} programs cannot be run here: {language.Reason}"
            : task.Tests.IsDefaultOrEmpty && task.Generated is null ? "the task has no tests"
            : task.Generated?.Function is not null && !CallDrivers.All.ContainsKey(task.Language) ? $"functions of {task.Language} programs cannot be called"
            : task.Tests.Any(test => test.InputBytes > MostInput) ? $"an input or check of the task has more than {MostInput} bytes"
            : task.Tests.Any(TooLong) ? "the expected output of a test is longer than its outputKb"
            : FaultOf(task.Tests);
    }

    /// <summary>Why one of these tests of the task cannot be judged; null where all can.</summary>
    public string? FaultOf(ImmutableArray<TestCase> tests) => tests.Select(Fault).FirstOrDefault(fault => fault is not null);

    private bool TooLong(TestCase test)
    {
        var most = limits.OutputKb * 1024L;
        return test switch
        {
            CallTest { Result: { } result } => JsonMarshal.GetRawUtf8Value(result).Length > most,
            StdioTest { Stdout: { } expected } => expected.Texts.All(text => Encoding.UTF8.GetByteCount(text.TrimEnd()) > most),
            _ => false,
        };
    }

    private string? Fault(TestCase test) => test switch
    {
        StdioTest stdio => FaultOf(stdio.Checker, stdio.Stdout, stdio.InputBytes),
        FilesTest files => FaultOfFiles(files),
        CallTest when !CallDrivers.All.ContainsKey(task.Language) => $"functions of {task.Language} programs cannot be called",
        CallTest { Checker: { Program: { } program } } call => FaultOf("checker", program, call.InputBytes + (limits.OutputKb * 1024L)),
        CheckTest { ChecksNothing: true } => "a check of the task checks nothing: it is empty, or comments alone",
        CheckTest when task.Language != "python" && !SharedCheckDrivers.All.ContainsKey(task.Language) => $"checks of {task.Language} programs cannot be run",
        CheckTest { Style: not CheckStyle.Script } check when task.Language != "python" => $"checks of {task.Language} programs have no style '{check.Style.ToString().ToLowerInvariant()}'",
        CheckTest { EntryPoint: not null } when task.Language is not ("python" or "javascript") => $"a check of {task.Language} programs has to call what it checks itself, without entryPoint",
        PropertyTest property => Fault(property.Inner),
        InteractiveTest interactive => FaultOf("interactor", interactive.Interactor, interactive.InputBytes),
        _ => null,
    };

    private string? FaultOfFiles(FilesTest test)
    {
        var most = limits.OutputKb * 1024L;
        return test.Files.Values.Sum(file => (long)file.Bytes.Length + 4096) > room ? $"the files of a test have more than {room} bytes"
            : test.Outputs.Values.Any(file => file.Bytes.Length > most) ? "an expected file of a test is longer than its outputKb"
            : test.Outputs.Values.Where(file => System.Text.Unicode.Utf8.IsValid(file.Bytes.Span))
                .Select(file => FaultOf(test.Checker, Encoding.UTF8.GetString(file.Bytes.Span), Encoding.UTF8.GetByteCount(test.Stdin)))
                .Append(test.Stdout is null ? null : FaultOf(test.Checker, test.Stdout, Encoding.UTF8.GetByteCount(test.Stdin)))
                .FirstOrDefault(fault => fault is not null);
    }

    /// <summary>Why a checker cannot judge by what is expected; null where it can.</summary>
    /// <param name="own">The test's checker; the task's where null.</param>
    /// <param name="expected">What is expected; null for nothing.</param>
    /// <param name="inputBytes">How long the test's input is.</param>
    public string? FaultOf(Checker? own, AcceptedTexts? expected, long inputBytes)
    {
        var checker = own ?? task.Checker ?? new();
        var texts = expected?.Texts ?? [];
        return checker.Program is { } program
            ? FaultOf("checker", program, inputBytes + (limits.OutputKb * 1024L) + texts.Select(text => (long)Encoding.UTF8.GetByteCount(text)).DefaultIfEmpty().Max())
            : texts.Select(text => OutputComparison.Unjudgeable(checker, text)).FirstOrDefault(fault => fault is not null);
    }

    private string? FaultOf(string role, ProgramSource program, long bytes)
    {
        var language = sandbox.Languages.FirstOrDefault(known => known.Name == program.Language);
        return language is not { Available: true } ? $"the {role} cannot be run here: {language?.Reason ?? $"'{program.Language}' is not a language this server knows"}"
            : bytes > room ? $"the input, the output and the answer of a test can have more than the {room} bytes that its {role} may be given"
            : null;
    }
}
