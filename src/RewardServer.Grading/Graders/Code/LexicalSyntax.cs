using System.Collections.Immutable;

namespace RewardServer.Grading.Graders.Code;

/// <summary>As much of a language's lexical syntax as tells whether a line begins inside of a literal or comment.</summary>
/// <param name="LineComments">What begins a comment that ends with its line.</param>
/// <param name="Quotes">The characters around literals that end with their line at the latest.</param>
/// <param name="Spans">What opens and closes literals and comments of several lines; a longer opening comes before one that begins alike.</param>
public sealed record LexicalSyntax(ImmutableArray<string> LineComments, string Quotes, ImmutableArray<(string Open, string Close)> Spans)
{
    /// <summary>Python's.</summary>
    public static LexicalSyntax Python { get; } = new(["#"], "\"'", [("\"\"\"", "\"\"\""), ("'''", "'''")]);

    /// <summary>C's and C++'s.</summary>
    public static LexicalSyntax C { get; } = new(["//"], "\"'", [("/*", "*/"), ("R\"(", ")\"")]);

    /// <summary>C#'s.</summary>
    public static LexicalSyntax CSharp { get; } = new(["//"], "\"'", [("/*", "*/"), ("\"\"\"", "\"\"\""), ("@\"", "\""), ("@$\"", "\"")]);

    /// <summary>JavaScript's and TypeScript's.</summary>
    public static LexicalSyntax JavaScript { get; } = new(["//"], "\"'", [("/*", "*/"), ("`", "`")]);

    /// <summary>Java's.</summary>
    public static LexicalSyntax Java { get; } = new(["//"], "\"'", [("/*", "*/"), ("\"\"\"", "\"\"\"")]);

    /// <summary>Go's.</summary>
    public static LexicalSyntax Go { get; } = new(["//"], "\"'", [("/*", "*/"), ("`", "`")]);

    /// <summary>Rust's, in which an apostrophe also names a lifetime.</summary>
    public static LexicalSyntax Rust { get; } = new(["//"], "\"", [("/*", "*/"), ("r#\"", "\"#")]);

    /// <summary>Bash's, but for here-documents.</summary>
    public static LexicalSyntax Bash { get; } = new(["#"], "\"'", []);

    /// <summary>SQLite's.</summary>
    public static LexicalSyntax Sql { get; } = new(["--"], "\"'`", [("/*", "*/")]);
}
