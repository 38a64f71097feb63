using RewardServer.Sandboxing.Runs;

namespace RewardServer.Sandboxing.Tests;

public abstract class HostilePrograms(RunningSandbox sandbox)
{
    // Calls the kernel by number, and says the name of the error.
    private const string Call = """
        import ctypes, errno, os, platform, sys
        libc = ctypes.CDLL(None, use_errno=True)
        def call(number, *args):
            ctypes.set_errno(0)
            result = libc.syscall(ctypes.c_long(number), *[ctypes.c_long(a) if isinstance(a, int) else a for a in args])
            return 'done' if result >= 0 else errno.errorcode[ctypes.get_errno()]

        """;

    private async Task Says(string expected, string code, Func<ResourceLimits, ResourceLimits>? limits = null)
    {
        var result = await sandbox.Python(code, limits);
        Assert.True(result.Out().Trim() == expected, result.Told());
        var after = await sandbox.Python("import os; print(os.getpid(), os.listdir('.'))");
        Assert.True(sandbox.IsContainer ? after.Out().EndsWith(" ['main.py']\n", StringComparison.Ordinal) : after.Out() == "3 ['main.py']\n", after.Told());
    }

    [Fact]
    public async Task Sockets_of_all_families_are_refused() => await Says("[1]", """
        import socket, os
        refused = []
        for family in range(0, 46):
            for kind in (1, 2, 3, 5):
                try: socket.socket(family, kind, 0); print('made', family, kind)
                except OSError as e: refused.append(e.errno)
        print(sorted(set(refused)))
        """);

    [Fact]
    public async Task The_kernel_calls_that_reach_beyond_a_program_are_refused()
    {
        Assert.SkipUnless(System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.X64, "by the numbers of x86-64");
        await Says("", Call + """
            calls = {'ptrace': 101, 'mount': 165, 'umount2': 166, 'unshare': 272, 'setns': 308, 'chroot': 161, 'pivot_root': 155,
                'keyctl': 250, 'add_key': 248, 'request_key': 249, 'bpf': 321, 'userfaultfd': 323, 'perf_event_open': 298, 'shmget': 29,
                'semget': 64, 'msgget': 68, 'mq_open': 240, 'process_vm_readv': 310, 'process_vm_writev': 311, 'personality': 135,
                'sethostname': 170, 'settimeofday': 164, 'clock_settime': 227, 'adjtimex': 159, 'reboot': 169, 'swapon': 167,
                'open_by_handle_at': 304, 'name_to_handle_at': 303, 'fsopen': 430, 'open_tree': 428, 'move_mount': 429, 'mount_setattr': 442,
                'pidfd_getfd': 438, 'memfd_secret': 447, 'kexec_load': 246, 'init_module': 175, 'syslog': 103, 'acct': 163, 'kcmp': 312,
                'io_setup': 206, 'modify_ldt': 154, 'iopl': 172, 'bind': 49, 'connect': 42}
            for name, number in calls.items():
                if (got := call(number, 0, 0, 0, 0, 0)) != 'EPERM': print(name, got)
            for name, number in {'clone3': 435, 'io_uring_setup': 425, 'x32 getpid': 0x40000000 + 39}.items():
                if (got := call(number, 0, 0, 0)) != 'ENOSYS': print(name, got)
            for name, flag in {'user': 0x10000000, 'mount': 0x20000, 'net': 0x40000000, 'pid': 0x20000000}.items():
                if (got := call(56, flag | 17, 0, 0, 0, 0)) != 'EPERM': print('clone', name, got)
            if (got := call(302, 1, 7, 0, 0)) != 'EPERM': print('prlimit', got)
            if (got := call(203, 1, 8, 0)) != 'EPERM': print('sched_setaffinity', got)
            if (got := call(16, 0, 0x5412, 0)) != 'EPERM': print('TIOCSTI', got)
            if os.getuid() != 0 and (got := call(117, 0, 0, 0)) not in ('EPERM', 'EINVAL'): print('setresuid', got)
            """);
    }

    [Fact]
    public async Task A_program_has_no_capabilities_and_cannot_gain_any() => await Says("['0000000000000000'] 1 2", """
        import re
        status = open('/proc/self/status').read()
        # Of a container's, the bounding set has the agent's three, which no_new_privs makes void.
        print(sorted(set(re.findall(r'Cap(?!Bnd)\w+:\t(\w+)', status))), re.search(r'NoNewPrivs:\t(\d)', status)[1], re.search(r'Seccomp:\t(\d)', status)[1])
        """);

    [Fact]
    public async Task Setuid_programs_gain_nothing() => await Says("True True", """
        import os, subprocess
        own = subprocess.run(['id', '-u'], capture_output=True).stdout
        raised = subprocess.run(['su', '-c', 'id -u', 'root'], capture_output=True).stdout if os.path.exists('/usr/bin/su') else b''
        print(bool(os.statvfs('/usr').f_flag & os.ST_NOSUID) or not [f for f in os.listdir('/usr/bin') if os.stat('/usr/bin/' + f).st_mode & 0o6000], int(own) == os.getuid() and (raised == b'' or raised == own))
        """);

    [Fact]
    public async Task Killing_everything_kills_only_its_own() => await Says("alive", """
        import os, time
        if os.fork() == 0: time.sleep(10)
        os.kill(-1, 9)
        print('alive')
        """);

    [Fact]
    public async Task Signals_do_not_reach_the_agent() => await Says("still here", """
        import os
        for signal in range(1, 65):
            try: os.kill(1, signal)
            except OSError: pass
        print('still here')
        """);

    [Fact]
    public async Task The_agent_cannot_be_looked_into() => await Says("[]", """
        import os
        seen = []
        for name in ('environ', 'mem', 'maps', 'fd', 'root', 'cwd', 'exe', 'ns/pid'):
            try:
                path = '/proc/1/' + name
                seen.append(os.listdir(path) if name == 'fd' else os.readlink(path) if name in ('root', 'cwd', 'exe', 'ns/pid') else open(path, 'rb').read(1))
            except OSError: pass
        print(seen)
        """);

    [Fact]
    public async Task Nothing_but_the_scratch_can_be_written() => await Says("[]", """
        import os
        written = []
        for folder in ('/', '/usr', '/usr/bin', '/usr/lib', '/etc', '/dev', '/dev/shm', '/proc', '/proc/self', '/proc/sys/kernel', '/bin', '/lib', '/home', '/var/tmp', '/run'):
            try: open(folder + '/x', 'w'); written.append(folder)
            except OSError: pass
        for file in ('/proc/sys/kernel/hostname', '/proc/sysrq-trigger', '/etc/passwd', '/usr/bin/env', '/etc/ld.so.cache'):
            try: open(file, 'r+b').write(b'0'); written.append(file)
            except OSError: pass
        print(written)
        """);

    [Fact]
    public async Task The_host_cannot_be_seen() => await Says("[] [] True sandbox", """
        import os, socket
        def entries(p):
            try: return [p + '/' + e for e in os.listdir(p)]
            except OSError: return []
        # An image has these folders; they are its own, and empty.
        seen = [e for p in ('/root', '/home', '/mnt', '/srv', '/boot', '/media', '/run/rewardserver') for e in entries(p) if not e.startswith(('/root/.', '/run/rewardserver/passwd', '/run/rewardserver/group'))]
        devices = [p for p in ('/etc/shadow', '/dev/sda', '/dev/mem', '/dev/kmsg', '/dev/port', '/dev/kvm') if os.access(p, os.R_OK)]
        print(seen, devices, len([p for p in os.listdir('/proc') if p.isdigit()]) <= 3, socket.gethostname())
        """);

    [Fact]
    public async Task Daemons_die_with_the_run() => await Says("parent done", """
        import os, time
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                while True:
                    try: open('late', 'a').write('x')
                    except OSError: pass
                    time.sleep(0.001)
            os._exit(0)
        os.wait()
        print('parent done')
        """);

    [Fact]
    public async Task A_daemon_that_holds_the_output_does_not_keep_the_run()
    {
        var result = await sandbox.Python("import os, time\nprint('x', flush=True)\nif os.fork() == 0: time.sleep(60)", limits => limits with { WallSeconds = 10 });
        Assert.True(result.Status == RunStatus.Ok && result.WallSeconds < 5, result.Told());
    }

    [Fact]
    public async Task A_program_that_closes_its_descriptors_runs_on()
    {
        var result = await sandbox.Python("import os, time\nos.closerange(0, 100)\ntime.sleep(0.2)\nos._exit(3)");
        Assert.True(result.ExitCode == 3 && result.WallSeconds >= 0.2, result.Told());
    }

    [Fact]
    public async Task Deep_and_closed_folders_are_wiped() => await Says("ok", """
        import os
        for i in range(20): os.mkdir(f'w{i}'); os.mkdir(f'w{i}/x'); os.symlink('/usr', f'w{i}/link'); os.mkfifo(f'w{i}/fifo')
        for i in range(3500): os.mkdir('d'); os.chdir('d')
        open('f', 'w').close()
        for i in range(3500): os.chdir('..'); os.chmod('d', 0)
        os.mkdir('closed'); os.mkdir('closed/inner'); open('closed/inner/f', 'w').close(); os.chmod('closed/inner', 0); os.chmod('closed', 0)
        os.chmod('/box', 0)
        print('ok')
        """);

    [Fact]
    public async Task Names_of_any_bytes_are_wiped() => await Says("ok", """
        import os
        for i in range(1, 256):
            if i != 47:
                os.mkdir(b'\xff' + bytes([i])); open(b'\xff' + bytes([i]) + b'/' + bytes([i]) + b'x' * 200, 'w').close()
        os.mkdir('.wipe-1'); os.mkdir('.wipe-1/a'); os.mkdir('.wipe-1/a/b')
        print('ok')
        """);

    [Fact]
    public async Task What_is_set_on_the_scratch_itself_does_not_last()
    {
        await sandbox.Python("import os\nos.setxattr('/box', 'user.note', b'x')\nos.utime('/box', (1e9, 1e9))\nos.chmod('/box', 0o777)");
        await Says("[] 0o700", "import os; print(os.listxattr('/box'), oct(os.stat('/box').st_mode & 0o7777))");
    }

    [Fact]
    public async Task Unlinked_files_that_are_held_open_are_gone() => await Says("ok", """
        import os, time
        f = open('x', 'wb'); f.write(bytes(1 << 20)); f.flush(); os.unlink('x')
        if os.fork() == 0: os.setsid(); time.sleep(60)
        print('ok')
        """, limits => limits with { OutputKb = 4096 });

    [Fact]
    public async Task Arguments_and_environment_of_the_server_are_not_there() => await Says("7 ['/box/main.py']", """
        import os, sys
        print(len([k for k in os.environ if k != 'LC_CTYPE']), sys.argv)
        """);
}

public sealed class HostileProgramsLocally(LocalSandbox sandbox) : HostilePrograms(sandbox), IClassFixture<LocalSandbox>;

public sealed class HostileProgramsInContainers(ContainerSandbox sandbox) : HostilePrograms(sandbox), IClassFixture<ContainerSandbox>;
