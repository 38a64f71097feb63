using RewardServer.Sandboxing.Runs;

namespace RewardServer.Sandboxing.Languages;

/// <summary>A language that is here: how its programs are run.</summary>
/// <param name="Name">Its name in requests.</param>
/// <param name="Interpreter">The interpreter and its options, to which the program's path is added.</param>
internal sealed record Language(string Name, IReadOnlyList<string> Interpreter)
{
    /// <summary>Where a run's files lie; also its home, and the folder that it starts in.</summary>
    public const string Scratch = "/box";

    /// <summary>The same for every run, whatever the server's own is: a program must not behave otherwise elsewhere.</summary>
    public static IReadOnlyList<string> Environment { get; } =
    [
        "LANG=C.UTF-8",
        "PATH=/usr/local/bin:/usr/bin:/bin",
        "HOME=" + Scratch,
        "PYTHONHASHSEED=0",
        "PYTHONDONTWRITEBYTECODE=1",

        // Numeric libraries start a thread a core otherwise, which costs more than it brings and counts as processes.
        "OPENBLAS_NUM_THREADS=1",
        "OMP_NUM_THREADS=1",
    ];

    /// <summary>The command line for a program's main file.</summary>
    public IReadOnlyList<string> Command(SandboxFile main) => [.. Interpreter, Scratch + "/" + main.Path];
}
