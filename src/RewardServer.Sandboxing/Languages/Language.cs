using System.Collections.Immutable;
using RewardServer.Sandboxing.Engines;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Sandboxing.Languages;

/// <summary>A language: what its programs need, and how they are compiled and run.</summary>
internal sealed record Language
{
    /// <summary>Where a run's files lie; also its home, and the folder that it starts in.</summary>
    public const string Scratch = "/box";

    /// <summary>The same for every run, whatever the server's own is: a program must not behave otherwise elsewhere.</summary>
    public static ImmutableArray<string> CommonEnvironment { get; } =
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

    /// <summary>Its name in requests.</summary>
    public required string Name { get; init; }

    /// <summary>The image with its programs, of sandbox-images.</summary>
    public required string Image { get; init; }

    /// <summary>Debian's packages with its programs.</summary>
    public required string Packages { get; init; }

    /// <summary>The name that a program's main file gets where nobody says another.</summary>
    public required string MainFile { get; init; }

    /// <summary>Absolute paths without which it cannot be.</summary>
    public required ImmutableArray<string> Needs { get; init; }

    /// <summary>The command line that runs a program, in which <see cref="MainPlace"/> stands for its main file's path.</summary>
    public required ImmutableArray<string> Command { get; init; }

    /// <summary>What stands in a command line for the path of the main file.</summary>
    public const string MainPlace = "{main}";

    /// <summary>The option, after the interpreter in <see cref="Command"/>, that has its assertions checked where they are not by themselves; null where they are.</summary>
    public string? AssertionsOption { get; init; }

    /// <summary>Its environment.</summary>
    public ImmutableArray<string> Environment { get; init; } = CommonEnvironment;

    /// <summary>How a program is compiled; null where it is run as it is.</summary>
    public CompileStep? Compile { get; init; }

    /// <summary>The process that its slots keep warm; null for none.</summary>
    public Resident? Resident { get; init; }

    /// <summary>Which resident may run this program, by its files; null where none may, as in all languages that have no zygote.</summary>
    public Func<IReadOnlyList<SandboxFile>, Resident?> ZygoteFor { get; init; } = _ => null;

    /// <summary>A command whose first word of output shows that a slot works; it needs no file.</summary>
    public ImmutableArray<string> VersionCommand { get; init; } = [];

    /// <summary>The command line that runs a main file.</summary>
    /// <param name="main">The main file's path.</param>
    /// <param name="assertions">Whether its assertions are checked in any case.</param>
    public IReadOnlyList<string> CommandFor(string main, bool assertions = false) =>
        Filled(assertions && AssertionsOption is { } option ? Command.Insert(1, option) : Command, main);

    /// <summary>A command line with the main file's path in its place.</summary>
    public static IReadOnlyList<string> Filled(ImmutableArray<string> command, string main) =>
        [.. command.Select(part => part.Replace(MainPlace, Scratch + "/" + main, StringComparison.Ordinal))];
}
