using System.Collections.Immutable;
using System.Text;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Compatibility.Programs;

/// <summary>Puts trainers' programs into the sandbox's words.</summary>
internal static class ProgramRequests
{
    // Below it an interpreter has no room to start in.
    private const int LeastMemoryMb = 16;

    // What sandboxes of trainers do not limit, and ours must: generous for a program, and a bound on a bomb.
    private const int Processes = 64, OpenFiles = 1024, FileKb = 128 << 10;

    // Only these are told their main file's name.
    private static readonly string[] AnyMainFile = ["python", "javascript", "bash", "sql", "c", "cpp", "go", "rust"];

    /// <summary>The run of a program.</summary>
    /// <param name="program">The program.</param>
    /// <param name="sandbox">Where it is to run; its language must be there.</param>
    /// <param name="outputKb">What is kept of each of its outputs, in KiB.</param>
    public static RunRequest Of(TrainerProgram program, SandboxPool sandbox, int outputKb)
    {
        var language = LanguageOf(program);
        return new()
        {
            Language = language,
            Files = Pytest.Is(program) ? Pytest.FilesOf(program) : Files(program, language, sandbox.MainFileOf(language)),
            OutputFiles = program.OutputFiles,
            Stdin = program.Stdin,
            WithReport = program.WithReport || Pytest.Is(program),
            Assertions = true,
            Limits = LimitsOf(program, outputKb),
        };
    }

    /// <summary>The sandbox's name for its language.</summary>
    public static string LanguageOf(TrainerProgram program) => Pytest.Is(program) ? "python" : ForeignLanguages.OursFor(program.Language);

    /// <summary>The limits of CPU time and elapsed time, in seconds: trainers limit elapsed time alone, and a program's processes together may use it twice.</summary>
    /// <param name="seconds">How long it may run; what is above <see cref="ResourceLimits.Ceiling"/> counts as that.</param>
    public static (double Cpu, double Wall) TimesOf(double seconds) =>
        (Math.Min(2 * seconds, ResourceLimits.Ceiling.CpuSeconds), Math.Min(seconds, ResourceLimits.Ceiling.WallSeconds));

    private static ResourceLimits LimitsOf(TrainerProgram program, int outputKb)
    {
        var most = ResourceLimits.Ceiling;
        var memory = program.MemoryMb > 0 ? Math.Clamp(program.MemoryMb, LeastMemoryMb, most.MemoryMb) : most.MemoryMb;

        var (cpu, wall) = TimesOf(program.RunSeconds);
        return new(cpu, wall, (int)Math.Ceiling(memory), Processes, outputKb)
        {
            FileKb = FileKb,
            OpenFiles = OpenFiles,
        };
    }

    // A trainer's file may have the name that we give to the program: the program gets another, or is the one that counts.
    private static ImmutableArray<SandboxFile> Files(TrainerProgram program, string language, string main)
    {
        var others = program.Files;
        if (AnyMainFile.Contains(language))
        {
            main = FreeName(main, others);
        }

        return [new(main, Encoding.UTF8.GetBytes(SourceOf(program.Code, language))), .. others.Where(file => file.Path != main)];
    }

    /// <summary>A name that no other file has.</summary>
    internal static string FreeName(string wanted, ImmutableArray<SandboxFile> others) =>
        others.Any(file => file.Path == wanted || file.Path.StartsWith(wanted + "/", StringComparison.Ordinal)) ? FreeName("_" + wanted, others) : wanted;

    // Debug.Assert, by which tests in C# fail, is compiled in debug builds alone: those are what SandboxFusion runs.
    private static string SourceOf(string code, string language) =>
        language == "csharp" ? $"#define DEBUG\n#define TRACE\n#line 1\n{code.TrimStart('\uFEFF')}" : code;
}
