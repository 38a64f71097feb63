namespace RewardServer.Sandboxing.Engines;

/// <summary>
/// Finds a folder of cgroup v2 in which limited groups can be made. A group that has processes cannot have limited
/// children (but the root can), so that a server which is alone in its own group moves into a child of it first.
/// </summary>
internal static class UnifiedCgroup
{
    private static readonly string[] Wanted = ["memory", "pids", "cpu"];

    public static string? FindFolder(List<CgroupMount> mounts, string own)
    {
        if (mounts.FirstOrDefault(mount => mount.Type == "cgroup2") is not { } mount)
        {
            return null;
        }

        return new[] { mount.FolderOf(own), mount.Point }.Distinct()
            .FirstOrDefault(folder => HasMemory(folder) && CgroupLayout.CanMakeIn(folder) && (Enable(folder) || (MoveDown(folder) && Enable(folder))));
    }

    /// <summary>Lets the groups below limit what they can. A user's session often has memory and pids, but not cpu.</summary>
    public static bool Enable(string folder) =>
        Write(Path.Combine(folder, "cgroup.subtree_control"), string.Join(' ', Controllers(folder).Intersect(Wanted).Select(name => "+" + name)));

    private static bool HasMemory(string folder) => Controllers(folder).Contains("memory");

    private static string[] Controllers(string folder) => Read(Path.Combine(folder, "cgroup.controllers")).Trim().Split(' ');

    private static bool MoveDown(string folder)
    {
        var self = Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (Read(Path.Combine(folder, "cgroup.procs")).Trim() != self)
        {
            return false;
        }

        var leaf = Path.Combine(folder, ProcessIdentity.Own.NamePrefix + "server");
        try
        {
            Directory.CreateDirectory(leaf);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return false;
        }

        return Write(Path.Combine(leaf, "cgroup.procs"), self);
    }

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static bool Write(string path, string text)
    {
        try
        {
            // Opened as it is: a cgroup file cannot be created or cut.
            using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 0);
            file.Write(System.Text.Encoding.ASCII.GetBytes(text));
            return true;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
