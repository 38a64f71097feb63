using RewardServer.Sandboxing.Runs;

namespace RewardServer.Sandboxing.Languages;

/// <summary>Python: an interpreter below /usr, for nothing else of the host is in a slot.</summary>
internal static class Python
{
    public const string Name = "python";

    private static readonly string[] Places = ["/usr/bin/python3", "/usr/local/bin/python3"];

    /// <summary>The interpreters to try, the best first.</summary>
    public static IEnumerable<Language> Candidates =>
        Places.Where(File.Exists).Select(place => new Language(Name, [place, "-B", "-s"]));

    /// <summary>A program that says its version; what it prints shows that slot and interpreter work.</summary>
    public static SandboxFile Canary { get; } =
        new("canary.py", "import sys; print('Python', sys.version.split()[0])"u8.ToArray());

    public static LanguageReport Missing { get; } = new(
        Name, false, null, "There is no python3 in /usr/bin or /usr/local/bin that runs.", "apt-get install python3");
}
