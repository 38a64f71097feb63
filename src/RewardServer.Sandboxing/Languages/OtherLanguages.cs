namespace RewardServer.Sandboxing.Languages;

/// <summary>Languages that need no more than a command line or two.</summary>
internal static class OtherLanguages
{
    public static Language JavaScript { get; } = new()
    {
        Name = "javascript",
        Image = "javascript",
        Packages = "nodejs",
        MainFile = "main.js",
        Needs = ["/usr/bin/node"],
        Command = ["/usr/bin/node", Language.MainPlace],
        VersionCommand = ["/usr/bin/node", "--version"],
    };

    public static Language TypeScript { get; } = JavaScript with
    {
        Name = "typescript",
        Packages = "nodejs node-typescript",
        MainFile = "main.ts",
        // The types come with Debian's Node alone: without them nothing compiles, which no program is to blame for.
        Needs = ["/usr/bin/node", "/usr/bin/tsc", "/usr/share/nodejs/@types/node/index.d.ts"],
        Command = ["/usr/bin/node", Language.Scratch + "/main.js"],
        Compile = new(
            ["/bin/sh", "-c", "tsc --target es2020 --module commonjs --outDir .out --rootDir . --skipLibCheck --typeRoots /usr/share/nodejs/@types --types node \"$1\" && cp .out/main.js main.js", "sh", Language.MainPlace],
            ["main.js"]),
    };

    public static Language Java { get; } = new()
    {
        Name = "java",
        Image = "java",
        Packages = "default-jdk-headless",
        MainFile = "Main.java",
        Needs = ["/usr/bin/javac", "/usr/bin/java"],
        // The heap may be as large as the largest run's memory, for the run's own limit is the sandbox's to watch. Without
        // the file of counters, of which the machine complains on standard output where it cannot lock it.
        Command = ["/usr/bin/java", "-XX:-UsePerfData", "-Xmx4g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-Xss64m", "-cp", Language.Scratch + "/main.jar", "Main"],
        AssertionsOption = "-ea",
        VersionCommand = ["/usr/bin/java", "--version"],
        Compile = new(
            ["/bin/sh", "-c", "javac -J-XX:-UsePerfData -J-XX:+UseSerialGC -J-XX:TieredStopAtLevel=1 -nowarn -encoding UTF-8 -d .out \"$1\" && jar -J-XX:-UsePerfData -J-XX:+UseSerialGC -c -f main.jar -C .out .", "sh", Language.MainPlace],
            ["main.jar"]),
    };

    public static Language Go { get; } = new()
    {
        Name = "go",
        Image = "go",
        Packages = "golang-go",
        MainFile = "main.go",
        Needs = ["/usr/bin/go"],
        Environment = [.. Language.CommonEnvironment, "GOCACHE=/box/.cache", "GOPATH=/box/.go", "GOFLAGS=-mod=mod", "GO111MODULE=off", "CGO_ENABLED=0", "GOTOOLCHAIN=local"],
        Command = [Language.Scratch + "/main"],
        VersionCommand = ["/usr/bin/go", "version"],
        Compile = new(["/usr/bin/go", "build", "-o", "main", Language.MainPlace], ["main"]),
    };

    public static Language Rust { get; } = new()
    {
        Name = "rust",
        Image = "rust",
        Packages = "rustc",
        MainFile = "main.rs",
        Needs = ["/usr/bin/rustc"],
        Command = [Language.Scratch + "/main"],
        VersionCommand = ["/usr/bin/rustc", "--version"],
        Compile = new(["/usr/bin/rustc", "--edition", "2021", "-O", "-A", "warnings", "--color", "never", "-o", "main", Language.MainPlace], ["main"]),
    };

    public static Language Bash { get; } = new()
    {
        Name = "bash",
        Image = "bash",
        Packages = "bash",
        MainFile = "main.sh",
        Needs = ["/bin/bash"],
        Command = ["/bin/bash", "--noprofile", "--norc", Language.MainPlace],
        VersionCommand = ["/bin/bash", "--version"],
    };

    public static Language Sql { get; } = new()
    {
        Name = "sql",
        Image = "sql",
        Packages = "sqlite3",
        MainFile = "main.sql",
        Needs = ["/usr/bin/sqlite3"],

        // Its commands are left what they print: what they start, read or write is refused (https://sqlite.org/cli.html, 2.5). It is safe
        // only with what comes from standard input, and not with -init, which also keeps a .sqliterc of the program's from being read.
        Command = ["/bin/sh", "-c", "exec /usr/bin/sqlite3 -batch -bail -safe -init /dev/null :memory: <\"$1\"", "sh", Language.MainPlace],

        // Before 3.37 there is no safe mode: the option is refused, and the language is not available.
        VersionCommand = ["/usr/bin/sqlite3", "-safe", "--version"],
    };
}
