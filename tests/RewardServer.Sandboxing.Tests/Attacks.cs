using RewardServer.Sandboxing.Runs;

namespace RewardServer.Sandboxing.Tests;

/// <summary>
/// One attack a row, with how it may end. After each the next run in the same slot is as in a new one, byte for byte, and
/// the host is as it was.
/// </summary>
public abstract class Attacks(RunningSandbox sandbox)
{
    private const string Ok = "Ok", Loop = "CpuTimeLimit", Wall = "WallTimeLimit", Memory = "MemoryLimit", Output = "OutputLimit", Any = "Ok NonZeroExit Signal CpuTimeLimit WallTimeLimit MemoryLimit ProcessLimit OutputLimit";

    private const string Libc = "import ctypes, os, sys; libc = ctypes.CDLL(None, use_errno=True)\ndef call(n, *a): return libc.syscall(ctypes.c_long(n), *[ctypes.c_long(x) if isinstance(x, int) else x for x in a])\n";

    // All that a program can see of the world, but for pids, addresses and times.
    private const string Portrait = """
        import os, resource, signal, stat, sys
        print(sorted(os.environ.items()), os.getcwd(), os.umask(0), sys.argv, os.getgroups(), os.getsid(0) == os.getpid())
        print(os.listdir('.'), oct(os.stat('.').st_mode), os.stat('.').st_mtime_ns >= 0, [oct(os.fstat(n).st_mode) for n in range(3)])
        print([(n, resource.getrlimit(getattr(resource, n))) for n in sorted(dir(resource)) if n.startswith('RLIMIT_')])
        print(signal.pthread_sigmask(signal.SIG_BLOCK, []), [(s, str(signal.getsignal(s))) for s in range(1, 32)])
        print(os.nice(0), os.sched_getscheduler(0), sorted(os.sched_getaffinity(0)), os.uname().nodename)
        print([line for name in ('shm', 'sem', 'msg') for line in open('/proc/sysvipc/' + name).readlines()[1:]] if os.path.exists('/proc/sysvipc') else [])
        print(sorted(os.listdir('/dev')), sorted(os.listdir('/dev/shm')) if os.path.exists('/dev/shm') else [], len([p for p in os.listdir('/proc') if p.isdigit()]))
        print(os.statvfs('.').f_bfree, os.statvfs('.').f_ffree, open('/proc/net/unix').read().count('\n') if os.path.exists('/proc/net/unix') else 0)
        print(sorted(line.split()[1:3] for line in open('/proc/self/mounts')))
        """;

    public static TheoryData<string, string, string> All { get; } = new()
    {
        { "fork bomb", Any, "import os\nwhile True:\n    try: os.fork()\n    except OSError: pass" },
        { "memory bomb on the heap", Memory, "x = []\nwhile True: x.append(bytearray(1 << 20))" },
        { "memory bomb in files", Any, "f = open('f', 'wb')\nwhile True: f.write(bytes(1 << 20)); f.flush()" },
        { "memory bomb in many processes", Any, "import os\nfor _ in range(20):\n    if os.fork() == 0:\n        x = bytearray(100 << 20)\n        while True: pass\nwhile True: pass" },
        { "memory bomb in a memfd", Memory, "import os\nwhile True: os.write(os.memfd_create('x'), b'x' * (1 << 20))" },
        { "memory bomb in pipes and sockets", Any, "import os, socket\nkept = []\nwhile True:\n    try:\n        a, b = socket.socketpair(); a.setblocking(False); kept.append((a, b))\n        while True: a.send(bytes(65536))\n    except BlockingIOError: pass" },
        { "flood of both outputs", Output, "import os, threading\ndef flood(n):\n    for _ in range(300): os.write(n, b'x' * (1 << 20))\nt = threading.Thread(target=flood, args=(2,)); t.start(); flood(1); t.join()" },
        { "infinite loop", Loop, "while True: pass" },
        { "sleep", Wall, "import time; time.sleep(1000)" },
        { "deaf to signals", Wall, "import signal, time\nfor s in range(1, 65):\n    try: signal.signal(s, signal.SIG_IGN)\n    except (OSError, ValueError): pass\ntime.sleep(1000)" },
        { "stopped", Wall, "import os, signal; os.kill(os.getpid(), signal.SIGSTOP)" },
        { "group stopped from a child that is left", Wall, "import os, signal, time\nif os.fork() == 0:\n    os.setsid(); os.kill(os.getppid(), signal.SIGSTOP); time.sleep(1000)\ntime.sleep(1000)" },
        { "standard descriptors closed", "Ok NonZeroExit", "import os\nfor n in range(3): os.close(n)\nopen('x', 'w').write('y')" },
        { "daemon", Ok, "import os, time\nif os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0:\n        for n in range(3): os.close(n)\n        time.sleep(1000)\n    os._exit(0)" },
        { "files left", Ok, "import os\nos.makedirs('a/b/c'); open('a/b/c/d', 'w').write('x'); os.chmod('a', 0); os.chmod('.', 0o500)" },
        { "links out of the scratch", Ok, "import os\nfor i, p in enumerate(['/usr', '/etc/passwd', '/proc/1/root', '..', '/', 'nowhere']): os.symlink(p, f'l{i}')\nfor p in ['/usr/bin/env', '/etc/passwd']:\n    try: os.link(p, 'hard'); print('linked')\n    except OSError: pass" },
        { "pipes, sockets and sparse files left", Ok, "import os, stat\nos.mkfifo('p'); os.mknod('s', 0o600 | stat.S_IFSOCK)\nfor n in range(8):\n    try: os.truncate(os.open(f'big{n}', os.O_CREAT | os.O_RDWR), 1 << 40)\n    except OSError: pass" },
        { "a million files", "Ok NonZeroExit", "for i in range(1000000): open(str(i), 'w')" },
        { "names that are no text", Ok, "import os\nfor n in range(1, 256):\n    if n != 47: open(b'x' + bytes([n]) * 200, 'w')" },
        { "SysV and POSIX objects", Ok, Libc + "call(29, 0x1234, 4096, 0o1666); call(64, 0x1234, 1, 0o1666); call(68, 0x1234, 0o1666); call(240, b'/queue', 0o102, 0o666, None)\nfor p in ('/dev/shm/x', '/dev/mqueue/x', '/tmp/../dev/x'):\n    try: open(p, 'w')\n    except OSError: pass" },
        { "sockets by name", Ok, "import socket, os\nfor family in range(46):\n    for kind in (1, 2, 3, 5):\n        try: s = socket.socket(family, kind); print('made', family); s.bind('\\0x'); s.connect(('1.1.1.1', 53))\n        except Exception: pass" },
        { "another process by /proc", Ok, "import os\nfor pid in [p for p in os.listdir('/proc') if p.isdigit() and int(p) != os.getpid()]:\n    for name in ('mem', 'environ', 'maps', 'root/etc', 'fd', 'cwd', 'stack', 'syscall'):\n        try:\n            path = f'/proc/{pid}/{name}'\n            print('read', path, os.listdir(path) if os.path.isdir(path) else open(path, 'rb').read(10))\n        except OSError: pass" },
        { "the zygote's memory", Ok, Libc + "import re\nfor pid in (2, 7, 8, os.getppid()):\n    for mode in ('r+b', 'wb'):\n        try: open(f'/proc/{pid}/mem', mode).write(b'x'); print('written')\n        except OSError: pass\n    if call(101, 16, pid, 0, 0) == 0 or call(311, pid, 0, 0, 0, 0, 0) == 0: print('traced')" },
        { "kernel settings", Ok, "import os\nfor root, _, files in os.walk('/proc/sys'):\n    for f in files:\n        try:\n            with open(os.path.join(root, f), 'r+') as g: old = g.read(); g.seek(0); g.write(old); g.flush(); print('written', root, f)\n        except (OSError, UnicodeDecodeError): pass" },
        { "calls beyond a program", Ok, Libc + "for n in (165, 166, 272, 308, 161, 155, 101, 310, 311, 250, 248, 321, 425, 426, 323, 298, 175, 313, 246, 169, 227, 305, 164, 170, 171, 303, 304, 300, 167, 435, 434 + 4, 428, 429, 442):\n    ctypes.set_errno(0)\n    if call(n, 0, 0, 0, 0, 0, 0) == 0 and n not in (161,): print('done', n)" },
        { "namespaces by clone", Ok, Libc + "for flag in (0x10000000, 0x20000, 0x40000000, 0x20000000, 0x8000000, 0x4000000, 0x2000000):\n    r = call(56, flag | 17, 0, 0, 0, 0)\n    if r == 0: os._exit(0)\n    if r > 0: print('made', hex(flag))" },
        { "other users", Ok, "import os\nfor f in (os.setuid, os.setgid, os.seteuid, os.setegid):\n    for n in (0, 1, 999, 1001, 65534, os.getuid() + 1, os.getuid() - 1):\n        try: f(n); print('became', n)\n        except OSError: pass" },
        { "huge arguments and environment", Any, "import os\nos.execve('/bin/true', ['x' * 100000] * 1000, {'A' + str(n): 'x' * 100000 for n in range(100)})" },
        { "clock and names", Ok, Libc + "import time\nfor f in (lambda: time.clock_settime(time.CLOCK_REALTIME, 0),):\n    try: f(); print('set')\n    except OSError: pass\nif call(170, b'x', 1) == 0 or call(171, b'x', 1) == 0: print('named')" },
        { "signals to all others", Ok, "import os, signal\nfor pid in [1, 2, 7, 8, os.getppid()]:\n    for s in (1, 2, 9, 15, 19, 10):\n        try: os.kill(pid, s)\n        except OSError: pass\nprint('', end='')" },
        { "everything killed", "Ok Signal", "import os\ntry: os.kill(-1, 9)\nexcept OSError: pass" },
        { "pids used up", Any, "import os\nfor n in range(40000):\n    p = os.fork()\n    if p == 0: os._exit(0)\n    os.waitpid(p, 0)" },
        { "threads used up", Any, "import threading, time\nfor n in range(10000): threading.Thread(target=time.sleep, args=(100,), daemon=True).start()" },
        { "descriptors used up", "Ok NonZeroExit", "import os\nwhile True: os.open('/dev/null', 0)" },
        { "core dump", "Signal", "import os, resource\nresource.setrlimit(resource.RLIMIT_CORE, resource.getrlimit(resource.RLIMIT_CORE)[1:] * 2); os.abort()" },
        { "priorities", Ok, "import os\nfor f in (lambda: os.nice(-20), lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(50)), lambda: os.setpriority(os.PRIO_USER, 0, -5), lambda: os.setpriority(os.PRIO_PROCESS, 1, 5)):\n    try: f(); print('done')\n    except OSError: pass\nos.nice(19)" },
        { "processor given away", Ok, "import os; os.sched_setaffinity(0, [sorted(os.sched_getaffinity(0))[0]]); os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))" },
        { "masks and handlers changed", Ok, "import os, signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65)); os.umask(0o777); os.chdir('/'); os.environ['X'] = 'y'" },
        { "terminal typed into", Ok, "import fcntl\ntry: fcntl.ioctl(0, 0x5412, b'x'); print('typed')\nexcept OSError: pass" },
        { "programs of another machine's family", Any, "import os\nopen('x', 'wb').write(b'\\x7fELF\\x01\\x01\\x01' + bytes(9) + b'\\x02\\0\\x03\\0' + bytes(200)); os.chmod('x', 0o755); os.execv('./x', ['x'])" },
        { "old calls of 32 bits", "Signal", Libc + "import mmap\nm = mmap.mmap(-1, 4096, prot=7)\nm.write(b'\\xb8\\x14\\0\\0\\0\\xcd\\x80\\xc3')\nctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(m)))()" },
    };

    [Theory]
    [MemberData(nameof(All))]
    public async Task After_an_attack_the_next_run_is_as_in_a_new_slot(string attack, string mayEnd, string code)
    {
        var clean = await sandbox.CleanPortraitAsync(Portrait);
        var host = Host();

        // At its memory limit a program is charged for the kernel's search for pages: on a busy machine that is seconds.
        var seconds = mayEnd == Memory ? 10 : 1;
        var result = await sandbox.Python(code, limits => limits with { CpuSeconds = seconds, WallSeconds = 2 * seconds, MemoryMb = 128 });
        Assert.True(mayEnd.Split(' ').Contains(result.Status.ToString()), $"{attack}: {result.Told()}");
        Assert.True(result.Status == RunStatus.OutputLimit || result.Out().Length == 0, $"{attack}: {result.Told()}");
        Assert.Equal(clean, (await sandbox.Python(Portrait)).Out());
        Assert.Equal(host, Host());
    }

    // What of the host a program could have changed.
    private static string Host() => string.Join('\n',
        Environment.MachineName,
        string.Join(' ', Directory.EnumerateFileSystemEntries("/dev/shm").Order()),
        string.Join(' ', new[] { "shm", "sem", "msg" }.Select(name => File.ReadAllText("/proc/sysvipc/" + name))),
        File.ReadAllText("/proc/sys/kernel/core_pattern"),
        TimeProvider.System.GetUtcNow().Year);
}

public sealed class AttacksLocally(LocalSandbox sandbox) : Attacks(sandbox), IClassFixture<LocalSandbox>;

public sealed class AttacksInContainers(ContainerSandbox sandbox) : Attacks(sandbox), IClassFixture<ContainerSandbox>;
