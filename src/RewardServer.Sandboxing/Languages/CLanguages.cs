namespace RewardServer.Sandboxing.Languages;

/// <summary>C and C++, compiled by GCC for the machine at hand's family, with optimisation as in programming contests.</summary>
internal static class CLanguages
{
    public static Language C { get; } = Of("c", "main.c", "/usr/bin/gcc", "-std=gnu17");

    public static Language Cpp { get; } = Of("cpp", "main.cpp", "/usr/bin/g++", "-std=gnu++17");

    private static Language Of(string name, string main, string compiler, string standard) => new()
    {
        Name = name,
        Image = "cpp",
        Packages = name == "c" ? "gcc libc6-dev" : "g++",
        MainFile = main,
        Needs = [compiler],
        Command = [Language.Scratch + "/main"],
        VersionCommand = [compiler, "-dumpfullversion"],
        Compile = new([compiler, standard, "-O2", "-w", "-fdiagnostics-color=never", "-o", "main", Language.MainPlace, "-lm"], ["main"]) { Limits = new(10, 30, 1024, 64, 256) { FileKb = 64 << 10 } },
    };
}
