using System.Buffers.Binary;
using System.Globalization;
using System.Net.Sockets;
using Microsoft.Win32.SafeHandles;

namespace RewardServer.Sandboxing.Engines.Docker;

/// <summary>
/// Opens the files of a container's cgroup for its agent, where this server is root on the engine's host: then a run gets
/// its limits to the byte, while no program of the container can reach those files.
/// </summary>
internal static class ContainerCgroup
{
    // In the order of enum cgroup_file in runner.h.
    private static readonly (string? Unified, string Legacy, string Controller, FileAccess Access)[] Files =
    [
        ("memory.max", "memory.limit_in_bytes", "memory", FileAccess.ReadWrite),
        ("memory.swap.max", "memory.memsw.limit_in_bytes", "memory", FileAccess.ReadWrite),
        ("memory.current", "memory.usage_in_bytes", "memory", FileAccess.Read),
        ("memory.peak", "memory.max_usage_in_bytes", "memory", FileAccess.ReadWrite),
        (null, "memory.memsw.max_usage_in_bytes", "memory", FileAccess.ReadWrite),
        ("memory.events", "memory.oom_control", "memory", FileAccess.Read),
        ("pids.max", "pids.max", "pids", FileAccess.ReadWrite),
        ("pids.events", "pids.events", "pids", FileAccess.Read),
        ("pids.current", "pids.current", "pids", FileAccess.Read),
        ("cpu.stat", "cpuacct.usage", "cpuacct", FileAccess.Read),
    ];

    /// <summary>Whether the cgroups of containers can be changed from here: tried on this process's own.</summary>
    public static bool CanBeOpened { get; } = OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && CgroupMount.ReadAll().Count > 0;

    /// <summary>Sends the frame that every agent in a container waits for first, with the files that could be opened.</summary>
    /// <param name="agent">Connected to the agent.</param>
    /// <param name="pid">The agent's process id as the engine knows it; 0 for unknown.</param>
    /// <param name="mark">A word of its command line that no other process has: the engine may be on another host.</param>
    /// <returns>Whether the memory limit is among them.</returns>
    public static bool Send(Socket agent, long pid, string mark)
    {
        (bool Unified, SafeFileHandle?[] Handles) opened = CanBeOpened && IsHere(pid, mark) ? Open(pid) : (false, new SafeFileHandle?[Files.Length]);
        try
        {
            var frame = new byte[Frames.HeaderLength + 5];
            uint mask = 0;
            for (var file = 0; file < Files.Length; file++)
            {
                mask |= opened.Handles[file] is null ? 0u : 1u << file;
            }

            BinaryPrimitives.WriteUInt32LittleEndian(frame, 5);
            frame[4] = Frames.Cgroup;
            BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(Frames.HeaderLength), mask);
            frame[^1] = opened.Unified ? (byte)1 : (byte)0;
            DescriptorPassing.Send(agent, frame, [.. opened.Handles.OfType<SafeFileHandle>()]);
            return opened.Handles[0] is not null;
        }
        finally
        {
            foreach (var handle in opened.Handles)
            {
                handle?.Dispose();
            }
        }
    }

    private static bool IsHere(long pid, string mark)
    {
        try
        {
            return pid > 0 && File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/cmdline")).Contains(mark, StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static (bool Unified, SafeFileHandle?[] Handles) Open(long pid)
    {
        var mounts = CgroupMount.ReadAll();
        var paths = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/cgroup")).Select(line => line.Split(':', 3)).ToList();
        string? FolderOf(string controller)
        {
            var mount = mounts.FirstOrDefault(mount => mount.Has(controller));
            var path = paths.FirstOrDefault(parts => parts[1].Split(',').Contains(controller))?[2];
            return mount is null || path is null or "/" ? null : mount.FolderOf(path);
        }

        var unified = mounts.FirstOrDefault(mount => mount.Type == "cgroup2") is { } whole && FolderOf("memory") is null
            && paths.FirstOrDefault(parts => parts[0] == "0")?[2] is { } own and not "/"
            ? whole.FolderOf(own)
            : null;
        var handles = Files.Select(file => TryOpen(
            unified is null ? FolderOf(file.Controller) : unified, unified is null ? file.Legacy : file.Unified, file.Access)).ToArray();

        // All or nothing: a limit that is set but cannot be seen to be met is worse than one that is watched.
        var needed = new[] { 0, 2, 3, 5 };
        if (needed.All(file => handles[file] is not null))
        {
            return (unified is not null, handles);
        }

        foreach (var handle in handles)
        {
            handle?.Dispose();
        }

        return (false, new SafeFileHandle?[Files.Length]);
    }

    private static SafeFileHandle? TryOpen(string? folder, string? name, FileAccess access)
    {
        try
        {
            return folder is null || name is null ? null : File.OpenHandle(Path.Combine(folder, name), FileMode.Open, access, FileShare.ReadWrite);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
