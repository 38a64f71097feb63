using RewardServer.Sandboxing.Engines;

namespace RewardServer.Sandboxing.Languages;

/// <summary>Python: an interpreter below /usr, or a fork of one that is warm.</summary>
internal static class Python
{
    private static readonly string[] Places = ["/usr/bin/python3", "/usr/local/bin/python3"];

    public static Language Find(Func<string, bool> exists)
    {
        var interpreter = Places.FirstOrDefault(exists) ?? Places[0];
        string[] command = [interpreter, "-B", "-s", Language.MainPlace];
        return new()
        {
            Name = "python",
            Image = "python",
            Packages = "python3",
            MainFile = "main.py",
            Needs = [interpreter],
            Command = [.. command],
            VersionCommand = [interpreter, "--version"],
            CanFork = PythonFork.IsPossible,
            Resident = new Resident(
                "python",
                Language.Filled([.. command], "main.py"),
                [.. Language.CommonEnvironment, "PYTHONPATH=/opt/rewardserver/python"],
                Forks: true),
        };
    }
}
