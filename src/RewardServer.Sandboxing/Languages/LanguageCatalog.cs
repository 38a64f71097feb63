using RewardServer.Sandboxing.Engines;

namespace RewardServer.Sandboxing.Languages;

/// <summary>Every language that we know.</summary>
internal static class LanguageCatalog
{
    /// <summary>As an engine has them: only this machine's programs stand in one place or another.</summary>
    public static IReadOnlyList<Language> For(ISlotEngine engine) => For(engine.Name == "local" ? File.Exists : _ => true);

    /// <param name="exists">Whether a path is there, of a program that stands in one place or another.</param>
    public static IReadOnlyList<Language> For(Func<string, bool> exists) =>
    [
        Python.Find(exists), CLanguages.C, CLanguages.Cpp, CSharp.Find(exists), OtherLanguages.JavaScript, OtherLanguages.TypeScript,
        OtherLanguages.Java, OtherLanguages.Go, OtherLanguages.Rust, OtherLanguages.Bash, OtherLanguages.Sql,
    ];
}
