using System.Collections.Immutable;
using RewardServer.Compatibility.Programs;
using RewardServer.Grading.Completions;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Compatibility.SandboxFusion.Submit;

/// <summary>A problem of a data set in our words: its tests, and how a program is made of a completion.</summary>
internal sealed record JudgedProblem
{
    // As /run_code has it where the caller is silent: no protocol of these says a program's memory.
    private const int Processes = 64, LeastOutputKb = 1024;

    /// <summary>The program's language, by our name.</summary>
    public required string Language { get; init; }

    /// <summary>What it must pass.</summary>
    public ImmutableArray<TestCase> Tests { get; init; } = [];

    /// <summary>Why nobody can be judged by it here; null where that can be.</summary>
    public string? Unjudgeable { get; init; }

    /// <summary>What the model was asked, whose helpers stand beside a check; empty where that is not known.</summary>
    public string Prompt { get; init; } = "";

    /// <summary>How long each test may run, in seconds, where the call does not say it.</summary>
    public double Seconds { get; init; } = 20;

    /// <summary>The task that was uploaded; null for one of provided data.</summary>
    public CodeTask? Uploaded { get; init; }

    /// <summary>Whether a program is looked for in the completion; else the completion goes on where the prompt ends.</summary>
    public bool Extracts { get; init; } = true;

    /// <summary>What is left out of a completion before it is looked at.</summary>
    public Func<string, string> Prepare { get; init; } = completion => completion;

    /// <summary>What is left out of a program that was found.</summary>
    public Func<string, string> Cut { get; init; } = code => code;

    /// <summary>Puts what was found where it runs.</summary>
    public Func<string, string> Program { get; init; } = code => code;

    /// <summary>Files that stand beside the program.</summary>
    public ImmutableArray<SandboxFile> Files { get; init; } = [];

    /// <summary>The check, for the answer; null where there is none.</summary>
    public string? Check => Tests is [CheckTest, ..] ? string.Join('\n', Tests.OfType<CheckTest>().Select(test => test.Harness)) : null;

    /// <summary>What the answer tells of a test, by its place, in full or not; null for nothing.</summary>
    public Func<int, bool, object?> TestInfo { get; init; } = (_, _) => null;

    /// <summary>Whether an output that differs from the expected one will do all the same, by the test's place.</summary>
    public Func<int, string, bool>? Accepts { get; init; }

    /// <summary>Of a row that is wrong.</summary>
    public static JudgedProblem Nothing { get; } = new() { Language = "" };

    /// <summary>A problem by which nobody can be judged here.</summary>
    /// <param name="reason">Why not.</param>
    public static JudgedProblem Not(string reason) => new() { Language = "", Unjudgeable = reason };

    /// <summary>The task, under the limits of a call.</summary>
    /// <param name="config">The call's configuration.</param>
    public CodeTask TaskFor(SubmitConfig config)
    {
        var most = ResourceLimits.Ceiling;
        double? asked = config.RunTimeout is > 0 and { } seconds ? seconds : null;
        var limits = Uploaded is { } uploaded ? uploaded.Limits ?? new() : new(MemoryMb: most.MemoryMb, Processes: Processes, OutputKb: OutputKb());
        if (Uploaded is null || asked is not null)
        {
            var (cpu, wall) = ProgramRequests.TimesOf(asked ?? Seconds);
            limits = limits with { CpuSeconds = cpu, WallSeconds = wall };
        }

        return Uploaded is { } task ? task with { Language = Language, Limits = limits } : new(Language, Tests, limits);
    }

    // An expected output must find room, and twice as much shows what is too much of one.
    private int OutputKb()
    {
        var longest = Tests.OfType<StdioTest>().Select(test => test.Stdout?.Texts.Max(text => text.Length) ?? 0).DefaultIfEmpty().Max();
        return (int)Math.Clamp(longest * 4L / 1024, LeastOutputKb, ResourceLimits.Ceiling.OutputKb);
    }
}
