namespace RewardServer.Compatibility.SandboxFusion.Submit;

/// <summary>Cuts texts of programs.</summary>
internal static class CodeTexts
{
    private static readonly string[] PythonEnds = ["if __name__ == \"__main__\":", "# Example usage"], CppEnds = ["int main()", "# Example usage"];

    /// <summary>What stands before the first such mark; all where there is none.</summary>
    public static string Before(string text, string mark) => text.IndexOf(mark, StringComparison.Ordinal) is >= 0 and var at ? text[..at] : text;

    /// <summary>What stands behind the first such mark; all where there is none.</summary>
    public static string After(string text, string mark) => text.IndexOf(mark, StringComparison.Ordinal) is >= 0 and var at ? text[(at + mark.Length)..] : text;

    /// <summary>A program without what it does when it is started by itself.</summary>
    /// <param name="code">The program.</param>
    /// <param name="language">Its language.</param>
    public static string WithoutStart(string code, string language) => language switch
    {
        "python" => PythonEnds.Aggregate(code, Before),
        "cpp" => CppEnds.Aggregate(code, Before),
        _ => code,
    };
}
