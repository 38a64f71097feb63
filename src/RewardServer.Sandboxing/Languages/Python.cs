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
        var plain = Zygote("python", command, []);
        var numpy = Zygote("python-numpy", command, ["RESIDENT_PRELOAD=numpy"]);
        return new()
        {
            Name = "python",
            Image = "python",
            Packages = "python3",
            MainFile = "main.py",
            Needs = [interpreter],
            Command = [.. command],
            VersionCommand = [interpreter, "--version"],
            Resident = plain,
            ZygoteFor = files => PythonFork.ListFor(files) switch
            {
                PythonPreload.Common => plain,
                PythonPreload.Numpy => numpy,
                _ => null,
            },
        };
    }

    private static Resident Zygote(string name, string[] command, string[] more) => new(
        name,
        "python",
        Language.Filled([.. command], "main.py"),
        [.. Language.CommonEnvironment, "PYTHONPATH=/opt/rewardserver/python", .. more],
        Forks: true);
}
