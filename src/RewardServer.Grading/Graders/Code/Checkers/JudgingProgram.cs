using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders.Code.TestRuns;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Grading.Graders.Code.Checkers;

/// <summary>
/// A program of a task's that judges a candidate: a checker, or an interactor. In Python it is run by a driver; in C++ it may
/// include testlib.h. Both report through a descriptor of their own, so that one which ends before it has judged is told apart.
/// </summary>
/// <param name="role">What sentences call it: "checker".</param>
/// <param name="source">The program.</param>
internal sealed class JudgingProgram(string role, ProgramSource source)
{
    private static readonly ImmutableArray<SandboxFile> Headers =
        [.. new[] { "testlib.h", "testlib_base.h", "testlib_pattern.h", "testlib_random.h", "testlib_stream.h" }.Select(name => new SandboxFile(name, Resource(name)))];

    private readonly string nonce = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));

    /// <summary>The headers that stand beside every program of a task's in C++: a checker, an interactor, a generator.</summary>
    public static ImmutableArray<SandboxFile> HeadersFor(string language) => language == "cpp" ? Headers : [];

    private bool IsPython => source.Language == "python";

    private bool HasTestlib => source.Source.Contains("testlib.h", StringComparison.Ordinal);

    /// <summary>Its run, without the files that it reads.</summary>
    public RunRequest Request(ResourceLimits limits)
    {
        var bytes = Encoding.UTF8.GetBytes(source.Source);
        return new()
        {
            Language = source.Language,
            Files = IsPython
                ? [new("main.py", Resource("judge_driver.py")), new($"{role}.py", bytes)]
                : [new("main.cpp", bytes), .. HeadersFor(source.Language)],
            Stdin = IsPython ? Encoding.UTF8.GetBytes($"{nonce} {role}\n") : default,
            WithReport = true,
            Limits = limits,
        };
    }

    /// <summary>What it said.</summary>
    public JudgeWords Read(RunResult run) => run.Status switch
    {
        RunStatus.CompileError => Broken("does not compile"),
        RunStatus.SandboxFault => new(new(TestStatus.Fault, $"the sandbox failed: {run.Fault}"), false) { MeansIt = true },
        RunStatus.Ok or RunStatus.NonZeroExit => IsPython ? ReadDriver(run) : ReadExit(run),
        RunStatus.Signal => Broken($"was ended by signal {run.Signal}"),
        _ => Broken($"came to a bad end: {run.Status}"),
    };

    // "NONCE KIND ENDED VALUE", and its message in the lines after it.
    private JudgeWords ReadDriver(RunResult run)
    {
        var report = Encoding.UTF8.GetString(run.Report.Span);
        var line = report.IndexOf('\n', StringComparison.Ordinal);
        var head = (line < 0 ? report : report[..line]).Split(' ', 4);
        if (head.Length != 4 || head[0] != nonce)
        {
            return Broken("ended before it gave a verdict");
        }

        var message = line < 0 ? "" : report[(line + 1)..];
        var said = head[1] switch
        {
            "score" => JudgeVerdict.OfScore(role, head[3], message),
            "exit" => JudgeVerdict.OfExit(role, head[3], message.Length > 0 ? message : Encoding.UTF8.GetString(run.Stderr.Span)),
            "unread" => new(TestStatus.WrongAnswer, $"the {role} could not read what the program wrote: {JudgeVerdict.Shown(message)}"),
            _ => new(TestStatus.Fault, $"the {role} {JudgeVerdict.Shown(message)}"),
        };
        return new(said, head[2] == "1") { MeansIt = (head[1], head[3]) is ("exit", "3") };
    }

    // "quit CODE ENDED", from testlib.h; a program without it has its exit code alone.
    private JudgeWords ReadExit(RunResult run)
    {
        var words = Encoding.UTF8.GetString(run.Report.Span).Split(' ');
        var said = JudgeVerdict.OfExit(role, $"{run.ExitCode}", Encoding.UTF8.GetString(run.Stderr.Span));
        return !HasTestlib ? new(said, false) { MeansIt = run.ExitCode == 3 }
            : words is ["quit", var code, var ended] && code == $"{run.ExitCode}" ? new(said, ended == "1") { MeansIt = run.ExitCode == 3 }
            : Broken($"ended with exit code {run.ExitCode} before it gave a verdict");
    }

    private JudgeWords Broken(string how) => new(new(TestStatus.Fault, $"the {role} {how}"), false);

    private static byte[] Resource(string name)
    {
        using var stream = typeof(JudgingProgram).Assembly.GetManifestResourceStream(name)!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}

/// <summary>What a judging program said.</summary>
/// <param name="Judgement">Its verdict; <see cref="TestStatus.Fault"/> where it is broken.</param>
/// <param name="AfterEnd">Whether it had come to the end of the program's words before it gave it.</param>
internal readonly record struct JudgeWords(Judgement Judgement, bool AfterEnd)
{
    /// <summary>Whether a fault is what it meant to say, or ours: it would say so of any output.</summary>
    public bool MeansIt { get; init; }
}
