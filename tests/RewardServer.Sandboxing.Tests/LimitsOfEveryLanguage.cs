using System.Text;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Sandboxing.Tests;

/// <summary>
/// Each limit in each language that there is an image of: the programs are sandbox-images/NAME/test/limits.*, and what runs after them is hello.*. Of the
/// languages in SANDBOX_TESTS_LANGUAGES, else of those whose images <c>tests/run</c> builds.
/// </summary>
public sealed class LimitsOfEveryLanguage(ContainerSandbox sandbox) : IClassFixture<ContainerSandbox>
{
    private static readonly Dictionary<string, string> Samples = new()
    {
        ["python"] = "python/test/*.py",
        ["c"] = "cpp/test/*.c",
        ["cpp"] = "cpp/test/*.cpp",
        ["csharp"] = "csharp/test/*.cs",
        ["javascript"] = "javascript/test/*.js",
        ["typescript"] = "javascript/test/*.ts",
        ["java"] = "java/test/*.java",
        ["go"] = "go/test/*.go",
        ["rust"] = "rust/test/*.rs",
        ["bash"] = "bash/test/*.sh",
        ["sql"] = "sql/test/*.sql",
    };

    private static readonly ResourceLimits Most = new(2, 4, 256, 32, 256) { FileKb = 1024, OpenFiles = 128 };

    // How a program may end that comes to its limit: by our hand, or in its own way once it is refused.
    private static readonly Dictionary<string, RunStatus[]> Ends = new()
    {
        ["cpu"] = [RunStatus.CpuTimeLimit],
        ["wall"] = [RunStatus.WallTimeLimit],
        ["memory"] = [RunStatus.MemoryLimit],
        ["processes"] = [RunStatus.ProcessLimit],
        ["output"] = [RunStatus.OutputLimit],
        ["file"] = [RunStatus.OutputLimit, RunStatus.NonZeroExit],
        ["open files"] = [RunStatus.NonZeroExit],
        ["scratch"] = [RunStatus.NonZeroExit],
    };

    private static readonly string[] OfSql = ["cpu", "memory", "output", "file"];

    public static TheoryData<string, string> All { get; } = new(
        from language in (Environment.GetEnvironmentVariable("SANDBOX_TESTS_LANGUAGES") ?? "python c cpp csharp bash").Split(' ')
        from limit in language == "sql" ? OfSql : [.. Ends.Keys]
        select (language, limit));

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_program_that_comes_to_its_limit_is_told_so_and_the_next_one_runs(string language, string limit)
    {
        var text = await ReadAsync(language, "limits");
        if (language == "sql")
        {
            text = text.Split($"-- {limit}\n")[1].Split("\n-- ")[0];
        }

        var result = await RunAsync(language, text, limit);
        var told = $"{result.Told()[..Math.Min(1000, result.Told().Length)]}\n{result.Compilation?.Run.Told()}";

        // A shell that cannot fork tries again for longer than it has time.
        var waits = (language, limit) == ("bash", "processes") && result.Status == RunStatus.WallTimeLimit;
        Assert.True(Ends[limit].Contains(result.Status) || waits, told);
        Assert.True(result.Status != RunStatus.NonZeroExit || language == "sql" || result.ExitCode == 3, told);
        var next = await RunAsync(language, await ReadAsync(language, "hello"), "");
        Assert.True((next.Status, next.Out()) == (RunStatus.Ok, "hello\n"), next.Told());
    }

    private static Task<string> ReadAsync(string language, string sample) => File.ReadAllTextAsync(
        Path.Combine(EngineOfItsOwn.Repository(), "sandbox-images", Samples[language].Replace("*", sample, StringComparison.Ordinal)), TestContext.Current.CancellationToken);

    private Task<RunResult> RunAsync(string language, string program, string limit) => sandbox.Pool.RunAsync(
        new RunRequest
        {
            Language = language,
            Files = [new SandboxFile(sandbox.Pool.MainFileOf(language), Encoding.UTF8.GetBytes(program))],
            Stdin = Encoding.ASCII.GetBytes(limit + "\n"),
            Limits = limit == "memory" ? Most with { CpuSeconds = 20, WallSeconds = 40 } : Most,
        },
        TestContext.Current.CancellationToken);
}
