namespace RewardServer.Sandboxing.Tests;

/// <summary>What programs of different slots and runs could feel of each other through the host.</summary>
public abstract class SharedHost(RunningSandbox sandbox)
{
    private async Task Says(string expected, string code)
    {
        var result = await sandbox.Python(code);
        Assert.True(result.Out().Trim() == expected, result.Told());
    }

    [Fact]
    public async Task Files_of_the_host_cannot_be_locked_or_watched() => await Says("['EPERM', 'EPERM', 'EPERM']", """
        import ctypes, errno, fcntl, os
        file = os.open('/usr/lib/os-release', os.O_RDONLY)
        told = []
        for attempt in (lambda: fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB),
                        lambda: fcntl.fcntl(os.open('/usr', os.O_RDONLY), fcntl.F_NOTIFY, 1)):
            try: attempt(); told.append('done')
            except OSError as e: told.append(errno.errorcode[e.errno])
        libc = ctypes.CDLL(None, use_errno=True)
        told.append('done' if libc.inotify_init1(0) >= 0 else errno.errorcode[ctypes.get_errno()])
        print(told)
        """);

    [Fact]
    public async Task Writing_through_does_not_reach_the_disk_of_the_host() => await Says("done", """
        import os, time
        file = os.open('/usr/lib/os-release', os.O_RDONLY)
        start = time.monotonic()
        for i in range(10000): os.fsync(file); os.sync()
        print('done' if time.monotonic() - start < 5 else 'slow')
        """);

    [Fact]
    public async Task Flags_of_the_scratch_cannot_be_set() => await Says("EPERM", """
        import errno, fcntl, os
        try: fcntl.ioctl(os.open('.', os.O_RDONLY), 0x40086602, b'\x40\0\0\0\0\0\0\0'); print('done')
        except OSError as e: print(errno.errorcode[e.errno])
        """);

    [Fact]
    public async Task The_kernel_tells_nothing_of_the_machine_it_runs_on() => await Says("[]", """
        import os
        told = []
        for name in ('cmdline', 'config.gz', 'interrupts', 'iomem', 'ioports', 'kallsyms', 'kcore', 'keys', 'modules', 'partitions', 'timer_list'):
            try:
                with open('/proc/' + name, 'rb') as file: told += [name] if file.read(1) else []
            except OSError: pass
        print(told)
        """);
}

public sealed class SharedHostLocally(LocalSandbox sandbox) : SharedHost(sandbox), IClassFixture<LocalSandbox>;

public sealed class SharedHostInContainers(ContainerSandbox sandbox) : SharedHost(sandbox), IClassFixture<ContainerSandbox>;
