using System.Globalization;

namespace RewardServer.Training.Planning;

/// <summary>Main memory that this process may still take: what the machine has to give, and what the limits of its control groups leave.</summary>
internal static class HostMemory
{
    private const string Available = "MemAvailable:";

    /// <summary>In bytes; null where the system does not say.</summary>
    /// <param name="processes">Where the system tells of processes, and of memory.</param>
    /// <param name="groups">Where it has its control groups.</param>
    public static long? Free(string processes = "/proc", string groups = "/sys/fs/cgroup")
    {
        if (!OperatingSystem.IsLinux())
        {
            var known = GC.GetGCMemoryInfo();
            return known.TotalAvailableMemoryBytes > 0 ? Math.Max(0, known.TotalAvailableMemoryBytes - known.MemoryLoadBytes) : null;
        }

        var all = Lines(Path.Combine(processes, "meminfo")).Where(line => line.StartsWith(Available, StringComparison.Ordinal))
            .Select(line => Number(line[Available.Length..].Replace("kB", "", StringComparison.Ordinal)) * 1024)
            .Concat(Lines(Path.Combine(processes, "self", "cgroup")).SelectMany(line => Left(line, groups)))
            .OfType<long>().ToArray();
        return all.Length > 0 ? Math.Max(0, all.Min()) : null;
    }

    // "0::/a/b" of the unified hierarchy, "7:memory:/a/b" of the one before it: a group's limits hold for those within it.
    private static IEnumerable<long?> Left(string line, string groups)
    {
        if (line.Split(':', 3) is not [var number, var controllers, var path])
        {
            return [];
        }

        var unified = number == "0" && controllers.Length == 0;
        if (!unified && !controllers.Split(',').Contains("memory"))
        {
            return [];
        }

        var root = unified ? groups : Path.Combine(groups, "memory");
        var names = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return Enumerable.Range(0, names.Length + 1).Select(depth => Left(Path.Combine([root, .. names.Take(depth)]), unified));
    }

    private static long? Left(string folder, bool unified)
    {
        var limit = First(Path.Combine(folder, unified ? "memory.max" : "memory.limit_in_bytes"));
        var used = First(Path.Combine(folder, unified ? "memory.current" : "memory.usage_in_bytes"));
        // Pages of files that nobody has read for long are given back when they are wanted.
        var old = Lines(Path.Combine(folder, "memory.stat")).Select(line => line.Split(' ')).Where(parts => parts is [var name, _] && name == (unified ? "inactive_file" : "total_inactive_file"))
            .Select(parts => Number(parts[1])).FirstOrDefault() ?? 0;
        return limit - used + old;
    }

    private static long? First(string path) => Lines(path).Select(Number).FirstOrDefault();

    private static long? Number(string text) => long.TryParse(text, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string[] Lines(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllLines(path) : [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A group that went meanwhile, or that is not ours to read, has no limit that we could know.
            return [];
        }
    }
}
