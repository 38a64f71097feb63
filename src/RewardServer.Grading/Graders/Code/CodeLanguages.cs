using System.Collections.Immutable;

namespace RewardServer.Grading.Graders.Code;

/// <summary>The table of languages.</summary>
internal static class CodeLanguages
{
    private static readonly ImmutableArray<string> Braces =
        ["if", "else", "for", "while", "do", "switch", "case", "return", "break;", "continue;", "{", "}", "};", "//", "/*", "*", "*/"];

    private static readonly ImmutableArray<string> C =
        [.. Braces, "#include", "#define", "#if", "#ifdef", "#ifndef", "#else", "#endif", "#pragma", "int", "long", "char", "double", "float", "void", "bool", "unsigned", "static", "const", "struct", "typedef", "enum"];

    private static readonly ImmutableArray<string> Classes =
        [.. Braces, "import", "package", "using", "namespace", "public", "private", "protected", "internal", "static", "final", "class", "interface", "enum", "record", "int", "long", "double", "bool", "boolean", "char", "string", "void", "var", "try", "catch", "finally", "throw", "new", "@Override"];

    private static readonly ImmutableArray<string> Script =
        [.. Braces, "const", "let", "var", "function", "async", "class", "import", "export", "try", "catch", "throw", "interface", "type", "'use", "\"use"];

    public static IReadOnlyList<CodeLanguage> Table { get; } =
    [
        new("python", ["python", "py", "python3", "py3", "python-repl"], "main.py", "candidate.py")
        {
            FileEndings = [".py", ".pyi"],
            MainNames = ["__main__.py", "app.py", "solution.py"],
            Syntax = LexicalSyntax.Python,
            LineStarts = ["def", "class", "import", "from", "if", "elif", "else:", "for", "while", "return", "try:", "except", "finally:", "with", "raise", "assert", "pass", "break", "continue", "yield", "lambda", "global", "nonlocal", "async", "await", "del", "@", "#", "\"\"\"", "'''"],
        },
        new("c", ["c", "h"], "main.c", "candidate.c") { FileEndings = [".c", ".h"], Syntax = LexicalSyntax.C, LineStarts = C },
        new("cpp", ["cpp", "c++", "cc", "cxx", "hpp", "h++", "hxx", "gnu++"], "main.cpp", "candidate.cpp")
        {
            FileEndings = [".cpp", ".cc", ".cxx", ".c++", ".hpp", ".hh", ".hxx", ".h"],
            MainNames = ["main.cc", "main.cxx", "solution.cpp"],
            Syntax = LexicalSyntax.C,
            LineStarts = [.. C, "using", "namespace", "template", "class", "auto", "vector<", "std::", "cout", "cin", "try", "catch", "public:", "private:"],
        },
        new("csharp", ["csharp", "cs", "c#", "dotnet", "csharp-script"], "main.cs", "candidate.cs")
        {
            FileEndings = [".cs"],
            MainNames = ["Program.cs", "Solution.cs"],
            Syntax = LexicalSyntax.CSharp,
            LineStarts = [.. Classes, "foreach", "sealed", "readonly", "struct", "#region", "#endregion", "#nullable", "await", "Console.WriteLine("],
        },
        new("javascript", ["javascript", "js", "node", "nodejs", "node.js", "ecmascript", "mjs", "cjs", "es"], "main.js", "candidate.js")
        {
            FileEndings = [".js", ".cjs", ".mjs"],
            MainNames = ["index.js", "app.js", "solution.js"],
            Syntax = LexicalSyntax.JavaScript,
            LineStarts = Script,
        },
        new("typescript", ["typescript", "ts", "mts", "cts"], "main.ts", "candidate.ts")
        {
            FileEndings = [".ts", ".mts", ".cts"],
            MainNames = ["index.ts", "app.ts", "solution.ts"],
            Syntax = LexicalSyntax.JavaScript,
            LineStarts = Script,
        },
        new("java", ["java"], "Main.java", "Candidate.java")
        {
            FileEndings = [".java"],
            MainNames = ["Solution.java"],
            Syntax = LexicalSyntax.Java,
            LineStarts = Classes,
        },
        new("go", ["go", "golang"], "main.go", "candidate.go")
        {
            FileEndings = [".go"],
            Syntax = LexicalSyntax.Go,
            LineStarts = [.. Braces, "package", "import", "func", "var", "const", "type", "defer", "go", "select", ")"],
        },
        new("rust", ["rust", "rs"], "main.rs", "candidate.rs")
        {
            FileEndings = [".rs"],
            Syntax = LexicalSyntax.Rust,
            LineStarts = [.. Braces, "use", "fn", "pub", "let", "mut", "struct", "enum", "impl", "trait", "mod", "match", "loop", "const", "static", "#["],
        },
        new("bash", ["bash", "sh", "shell", "zsh", "shellscript", "shell-script"], "main.sh", "candidate.sh")
        {
            FileEndings = [".sh", ".bash"],
            Syntax = LexicalSyntax.Bash,
            LineStarts = ["#", "#!", "if", "then", "else", "elif", "fi", "for", "while", "do", "done", "case", "esac", "echo", "printf", "read", "local", "set", "exit", "function", "export", "declare", "awk", "sed", "grep", "cat", "sort", "$("],
        },
        new("sql", ["sql", "sqlite", "sqlite3"], "main.sql", "candidate.sql")
        {
            FileEndings = [".sql"],
            Syntax = LexicalSyntax.Sql,
            LineStarts = ["select", "from", "where", "insert", "update", "delete", "create", "drop", "alter", "with", "join", "left", "inner", "order", "group", "having", "limit", "values", "union", "begin", "commit", "pragma", "--", "on", "set", "and", "or", "case", "when", "end"],
        },
    ];
}
