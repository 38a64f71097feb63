namespace RewardServer.Sandboxing.Languages;

/// <summary>Every language that we know.</summary>
internal static class LanguageCatalog
{
    /// <param name="exists">Whether a path is there, of a program that stands in one place or another.</param>
    public static IReadOnlyList<Language> For(Func<string, bool> exists) =>
    [
        Python.Find(exists), CLanguages.C, CLanguages.Cpp, CSharp.Find(exists), OtherLanguages.JavaScript, OtherLanguages.TypeScript,
        OtherLanguages.Java, OtherLanguages.Go, OtherLanguages.Rust, OtherLanguages.Bash, OtherLanguages.Sql,
    ];
}
