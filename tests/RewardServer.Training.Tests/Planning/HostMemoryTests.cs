using RewardServer.Training.Planning;

namespace RewardServer.Training.Tests.Planning;

public sealed class HostMemoryTests
{
    private const long Gibibyte = 1L << 30;

    [Theory]
    [InlineData("0::/", "max", "max", 6)]
    [InlineData("0::/", "4294967296", "max", 4)]
    [InlineData("0::/pods/one", "max", "3221225472", 3)]
    [InlineData("0::/pods/one", "2147483648", "3221225472", 2)]
    [InlineData("0::/", "max", "1073741824", 6)]
    public void The_narrowest_limit_of_a_group_and_those_around_it_holds(string group, string outer, string inner, long gibibytes)
    {
        RequireLinux();
        using var folder = new TemporaryFolder();
        var (processes, groups) = Machine(folder, group);
        Group(groups, ("memory.max", outer), ("memory.current", "0"));
        Group(Path.Combine(groups, "pods", "one"), ("memory.max", inner), ("memory.current", "0"));
        Assert.Equal(gibibytes * Gibibyte, HostMemory.Free(processes, groups));
    }

    [Fact]
    public void What_is_used_is_not_free_but_for_pages_of_files_that_nobody_reads()
    {
        RequireLinux();
        using var folder = new TemporaryFolder();
        var (processes, groups) = Machine(folder, "0::/");
        Group(groups, ("memory.max", $"{4 * Gibibyte}"), ("memory.current", $"{3 * Gibibyte}"), ("memory.stat", $"anon {2 * Gibibyte}\ninactive_file {Gibibyte}\n"));
        Assert.Equal(2 * Gibibyte, HostMemory.Free(processes, groups));
    }

    [Fact]
    public void The_limits_of_the_older_hierarchy_hold_too()
    {
        RequireLinux();
        using var folder = new TemporaryFolder();
        var (processes, groups) = Machine(folder, "3:cpu,cpuacct:/\n7:memory:/one\n0::/");
        Group(Path.Combine(groups, "memory", "one"), ("memory.limit_in_bytes", $"{Gibibyte}"), ("memory.usage_in_bytes", "1000"));
        Assert.Equal(Gibibyte - 1000, HostMemory.Free(processes, groups));
    }

    [Fact]
    public void This_machine_has_some() => Assert.True(HostMemory.Free() > 0);

    private static void RequireLinux() => Assert.SkipUnless(OperatingSystem.IsLinux(), "other systems have neither /proc nor control groups, and are asked otherwise");

    // With 6 GiB to give.
    private static (string Processes, string Groups) Machine(TemporaryFolder folder, string group)
    {
        var processes = Path.Combine(folder.Path, "proc");
        Group(processes, ("meminfo", $"MemTotal:       16000000 kB\nMemAvailable:   {6 * 1024 * 1024} kB\n"));
        Group(Path.Combine(processes, "self"), ("cgroup", group + "\n"));
        return (processes, Path.Combine(folder.Path, "groups"));
    }

    private static void Group(string folder, params (string Name, string Text)[] files)
    {
        Directory.CreateDirectory(folder);
        foreach (var (name, text) in files)
        {
            File.WriteAllText(Path.Combine(folder, name), text);
        }
    }
}
