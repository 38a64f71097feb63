namespace RewardServer.Sandboxing.Engines;

/// <summary>Where this server may make cgroups: for each controller the folder to make them in.</summary>
/// <param name="Unified">The folder of cgroup v2, where that has the memory controller; else null.</param>
/// <param name="Legacy">By controller the folder of cgroup v1; empty where v2 is used.</param>
internal sealed record CgroupLayout(string? Unified, IReadOnlyDictionary<string, string> Legacy)
{
    private static readonly string[] LegacyControllers = ["memory", "pids", "cpuacct", "cpu"];
    private static int trials;

    public bool LimitsMemory => Unified is not null || Legacy.ContainsKey("memory");

    public bool LimitsProcesses => Unified is not null || Legacy.ContainsKey("pids");

    public IEnumerable<string> Folders => (Unified is null ? Legacy.Values : Legacy.Values.Append(Unified)).Distinct();

    public static CgroupLayout Find()
    {
        var mounts = CgroupMount.ReadAll();
        var own = ReadOwnPaths();
        var legacy = new Dictionary<string, string>();
        foreach (var controller in LegacyControllers)
        {
            if (mounts.FirstOrDefault(mount => mount.Has(controller)) is { } mount
                && mount.FolderOf(own.GetValueOrDefault(controller, "/")) is var folder
                && CanMakeIn(folder))
            {
                legacy[controller] = folder;
            }
        }

        var unified = legacy.ContainsKey("memory") ? null : UnifiedCgroup.FindFolder(mounts, own.GetValueOrDefault("", "/"));
        return unified is null ? new CgroupLayout(null, legacy) : new CgroupLayout(unified, new Dictionary<string, string>());
    }

    /// <summary>Tried rather than computed: file modes do not tell of read-only mounts and delegation.</summary>
    internal static bool CanMakeIn(string folder)
    {
        // A name of its own each time: two pools that start at once must not remove each other's trial.
        var trial = Path.Combine(folder, $"{ProcessIdentity.Own.NamePrefix}trial{Interlocked.Increment(ref trials)}");
        try
        {
            Directory.CreateDirectory(trial);
            Directory.Delete(trial);
            return true;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static Dictionary<string, string> ReadOwnPaths()
    {
        var paths = new Dictionary<string, string>();
        foreach (var parts in File.ReadLines("/proc/self/cgroup").Select(line => line.Split(':', 3)))
        {
            foreach (var controller in parts[1].Split(','))
            {
                paths[controller] = parts[2];
            }
        }

        return paths;
    }
}

/// <summary>One mounted cgroup hierarchy.</summary>
internal sealed record CgroupMount(string Type, string Root, string Point, string[] Options)
{
    public bool Has(string controller) => Type == "cgroup" && Options.Contains(controller);

    public static List<CgroupMount> ReadAll()
    {
        var mounts = new List<CgroupMount>();
        foreach (var line in File.ReadLines("/proc/self/mountinfo"))
        {
            var halves = line.Split(" - ", 2);
            var (left, right) = (halves[0].Split(' '), halves[1].Split(' '));
            if (right[0] is "cgroup" or "cgroup2")
            {
                mounts.Add(new CgroupMount(right[0], left[3], left[4], right[2].Split(',')));
            }
        }

        return mounts;
    }

    /// <summary>A path of /proc/self/cgroup as a folder; the mount itself where that part of the tree is not mounted here.</summary>
    public string FolderOf(string path)
    {
        var inner = Root != "/" && path.StartsWith(Root, StringComparison.Ordinal) ? path[Root.Length..] : path;
        var folder = Point + "/" + inner.Trim('/');
        return Directory.Exists(folder) ? folder.TrimEnd('/') : Point;
    }
}
