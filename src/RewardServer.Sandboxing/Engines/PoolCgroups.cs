namespace RewardServer.Sandboxing.Engines;

/// <summary>The cgroups of one pool: a group of its own in each hierarchy, and in it one for each slot.</summary>
internal sealed class PoolCgroups
{
    private static int pools;

    private readonly CgroupLayout layout;
    private readonly string name = ProcessIdentity.Own.NamePrefix + Interlocked.Increment(ref pools);
    private int slots;

    public PoolCgroups(CgroupLayout layout)
    {
        this.layout = layout;
        foreach (var folder in layout.Folders)
        {
            Sweep(folder);
            Directory.CreateDirectory(Path.Combine(folder, name));
            if (layout.Unified is not null)
            {
                UnifiedCgroup.Enable(Path.Combine(folder, name));
            }
        }
    }

    /// <summary>Makes a slot's groups.</summary>
    /// <returns>The runner's arguments that name them, and their folders.</returns>
    public (IReadOnlyList<string> Arguments, IReadOnlyList<string> Folders) MakeSlot()
    {
        var slot = "slot" + Interlocked.Increment(ref slots);
        var folders = layout.Unified is { } unified
            ? [("unified", Path.Combine(unified, name, slot))]
            : layout.Legacy.Select(pair => (Key: pair.Key, Folder: Path.Combine(pair.Value, name, slot))).ToList();
        foreach (var (_, folder) in folders)
        {
            Directory.CreateDirectory(folder);
        }

        return (folders.Select(pair => $"{pair.Item1}={pair.Item2}").ToList(), folders.Select(pair => pair.Item2).ToList());
    }

    /// <summary>Removes the pool's own groups; those of its slots are gone by then.</summary>
    public void Remove()
    {
        foreach (var folder in layout.Folders)
        {
            RemoveWithSlots(Path.Combine(folder, name));
        }
    }

    /// <summary>Removes a slot's groups. An agent that was killed takes a moment to leave them.</summary>
    public static async Task RemoveSlotAsync(IReadOnlyList<string> folders, TimeProvider time)
    {
        foreach (var folder in folders)
        {
            for (var attempt = 0; !TryRemove(folder) && attempt < 100; attempt++)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10), time).ConfigureAwait(false);
            }
        }
    }

    /// <summary>The kernel refuses while a process is in it or a group below it.</summary>
    private static bool TryRemove(string folder)
    {
        try
        {
            if (Directory.Exists(folder))
            {
                // Its files are the kernel's and go with it: a recursive removal would try to unlink them.
                Directory.Delete(folder);
            }

            return true;
        }
        catch (Exception busy) when (busy is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static void Sweep(string folder)
    {
        foreach (var dead in Directory.EnumerateDirectories(folder, ProcessIdentity.Prefix + "*")
                     .Where(path => ProcessIdentity.IsOfDeadServer(Path.GetFileName(path))).ToList())
        {
            RemoveWithSlots(dead);
        }
    }

    private static void RemoveWithSlots(string folder)
    {
        try
        {
            foreach (var slot in Directory.GetDirectories(folder))
            {
                TryRemove(slot);
            }
        }
        catch (DirectoryNotFoundException)
        {
            // Another server that starts now was quicker.
        }

        TryRemove(folder);
    }
}
